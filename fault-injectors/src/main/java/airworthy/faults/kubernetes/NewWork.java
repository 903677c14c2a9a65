package airworthy.faults.kubernetes;

import airworthy.faults.Planning;
import airworthy.faults.RunMark;
import airworthy.model.Change;
import airworthy.probes.Reading;
import airworthy.probes.kubernetes.DeviceHolding;
import airworthy.probes.kubernetes.DeviceProbe;
import airworthy.probes.kubernetes.NodeDevices;
import airworthy.probes.kubernetes.NodeProbe;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Plans new work while a node is in trouble: a test tenant claims one device, with a pod that uses it and may run anywhere.
 * Thread-safe.
 */
public final class NewWork {
    private static final int DEVICES = 1;

    private final DeviceProbe devices;
    private final NodeProbe nodes;
    private final Optional<String> tenant;
    private final String pauseImage;

    /**
     * @param devices reads quotas and free devices
     * @param nodes reads what is free on the node in trouble
     * @param tenant the test tenant's namespace, if the profile lists one
     * @param pauseImage what the pod runs: an image that the cluster can pull and that does nothing
     */
    public NewWork(DeviceProbe devices, NodeProbe nodes, Optional<String> tenant, String pauseImage) {
        this.devices = devices;
        this.nodes = nodes;
        this.tenant = tenant;
        this.pauseImage = pauseImage;
    }

    /**
     * What is planned.
     *
     * @param changes the claim and its pod; none where no other node has a device for it
     * @param namespace where
     * @param keptFromOthers devices of the node that nobody holds, and the claim's own
     */
    public record Asked(List<Change> changes, String namespace, int keptFromOthers) {
        public Asked {
            changes = List.copyOf(changes);
        }
    }

    /**
     * Plans it.
     *
     * @param node the node that will be in trouble
     * @param mark ours
     * @param planned makes a plan of it
     */
    public Planning beside(String node, RunMark mark, Function<Asked, Planning> planned) throws InterruptedException {
        if (tenant.isEmpty()) {
            return new Planning.NotApplicable(
                    "the profile lists no testTenants; make a namespace for it and list it there");
        }
        return with(
                devices.deviceClass(tenant.get()),
                deviceClass -> with(
                        devices.free(deviceClass),
                        free -> with(
                                nodes.devices(node),
                                there -> with(
                                        devices.holding(tenant.get()),
                                        holding -> beside(deviceClass, free, there, holding, mark, planned)))));
    }

    private Planning beside(
            String deviceClass,
            int free,
            NodeDevices there,
            DeviceHolding holding,
            RunMark mark,
            Function<Asked, Planning> planned)
            throws InterruptedException {
        if (there.free() == 0) {
            return new Planning.Refused(
                    "node " + there.node()
                            + " has no free accelerator that a claim could be given; with none, that it is given none proves nothing");
        }
        if (free <= there.free()) {
            return planned.apply(new Asked(List.of(), holding.namespace(), there.free()));
        }
        int left = holding.hard().orElse(Integer.MAX_VALUE) - holding.used().orElse(0);
        // one more than is asked for: a tenant that stands at its quota may have its owner paged for it
        if (left <= DEVICES) {
            return new Planning.Refused("test tenant " + holding.namespace() + " has " + left
                    + " devices left in its quota; expected at least " + (DEVICES + 1));
        }
        return with(devices.apiVersion(), version -> {
            ClaimManifests manifests = new ClaimManifests(version, deviceClass, pauseImage, mark);
            return planned.apply(new Asked(
                    List.of(manifests.claim(holding.namespace(), 0, DEVICES), manifests.pod(holding.namespace(), 0)),
                    holding.namespace(),
                    there.free() + DEVICES));
        });
    }

    private interface Step<T> {
        Planning of(T value) throws InterruptedException;
    }

    private static <T> Planning with(Reading<T> reading, Step<T> step) throws InterruptedException {
        return switch (reading) {
            case Reading.Present<T>(T value) -> step.of(value);
            case Reading.Absent<T>(String how) -> new Planning.NotApplicable(how);
            case Reading.Unreadable<T>(String why) -> new Planning.Refused(why);
        };
    }
}
