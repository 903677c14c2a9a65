package airworthy.faults.accelerator;

import airworthy.faults.Assignment;
import airworthy.faults.FaultInjector;
import airworthy.faults.JsonValue;
import airworthy.faults.NoPlan;
import airworthy.faults.Planning;
import airworthy.model.Change;
import airworthy.model.Dimension;
import airworthy.model.Fault;
import airworthy.model.Layer;
import airworthy.model.ObjectRef;
import airworthy.model.Target;
import airworthy.probes.kubernetes.DeviceProbe;
import airworthy.probes.kubernetes.KubernetesConnection;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Holds memory or time of the accelerator that a served model uses, by a pod of ours that shares the model's claim. Touches what
 * NVML and exporters tell of the device, and what clients of that replica see as far as its engine depends on what is held.
 * Thread-safe.
 *
 * <p>Only devices of claims can be shared so: one of a device plugin belongs to one container.
 */
public final class AcceleratorByPod implements FaultInjector {
    private static final String MECHANISM = "accelerator";

    private final KubernetesConnection cluster;
    private final DeviceProbe devices;
    private final Optional<String> image;

    /** @param image what the pod runs, where the profile names it */
    public AcceleratorByPod(KubernetesConnection cluster, DeviceProbe devices, Optional<String> image) {
        this.cluster = cluster;
        this.devices = devices;
        this.image = image;
    }

    @Override
    public String mechanism() {
        return MECHANISM;
    }

    @Override
    public boolean knows(Fault fault) {
        return fault instanceof Fault.MemoryHeld || fault instanceof Fault.NoisyNeighbour;
    }

    @Override
    public Planning plan(Assignment assignment) throws InterruptedException {
        Setting setting = Setting.of(assignment.fault());
        try {
            return plan(setting, assignment);
        } catch (NoPlan e) {
            return e.planning();
        }
    }

    /** Where the pod of such a plan tells what its device says. */
    public static Optional<URI> device(Planning.Planned planned) {
        return planned.changes().stream()
                .flatMap(change -> change instanceof Change.PullLeverOnceReady late
                        ? Optional.of(late.pull().lever()).stream()
                        : Optional.<URI>empty().stream())
                .findFirst()
                .map(lever -> lever.resolve("../device"));
    }

    private Planning plan(Setting setting, Assignment assignment) throws NoPlan, InterruptedException {
        Target target = assignment.target();
        String named = image.orElseThrow(
                () -> NoPlan.notApplicable(
                        "no image for the pod that uses the accelerator; name one under harness.acceleratorImage in the profile"));
        String namespace = target.namespace()
                .orElseThrow(() -> NoPlan.notApplicable(target.description() + " is in no namespace"));
        String replica = target.replica()
                .orElseThrow(() -> NoPlan.notApplicable(target.description() + " is held by no replica"));
        String device = Optional.ofNullable(target.names().get(Dimension.DEVICE))
                .orElseThrow(() -> NoPlan.notApplicable(target.description() + " is no device"));
        JsonNode pod = JsonValue.parse(
                        NoPlan.need(cluster.get(new ObjectRef("v1", "Pod", Optional.of(namespace), replica))))
                .node();
        SharingPod sharing =
                new SharingPod(pod, NoPlan.need(devices.claimOf(namespace, replica, device)), named, assignment.mark());
        Change.PullLever pull = new Change.PullLever(
                cluster.podAddress(namespace, sharing.ref().name(), SharingPod.ADMIN_PORT)
                        .resolve("admin/levers/" + setting.lever()),
                Long.toString(setting.value()),
                Long.toString(setting.rest()));
        return new Planning.Planned(
                MECHANISM,
                Set.of(Layer.NVML, Layer.EXPORTER, Layer.WORKLOAD, Layer.CLIENT, Layer.ENGINE_METRICS),
                List.of(sharing.creation(), new Change.PullLeverOnceReady(pull, sharing.ref())),
                Set.of(namespace),
                // nobody loses it, and it is not what it was
                1,
                Optional.empty(),
                // the pod does nothing before its lever is set
                1);
    }

    private record Setting(String lever, long value, long rest) {
        static Setting of(Fault fault) {
            return switch (fault) {
                case Fault.MemoryHeld(long leaveFreeMib) -> new Setting("leaveFreeMiB", leaveFreeMib, -1);
                case Fault.NoisyNeighbour(var duty) ->
                    new Setting("dutyPercent", Math.max(1, Math.round(duty.value() * 100)), 0);
                default -> throw new IllegalArgumentException("not known here: " + fault.kind());
            };
        }
    }
}
