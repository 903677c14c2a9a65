package airworthy.faults.kubernetes;

import airworthy.faults.Assignment;
import airworthy.faults.FaultInjector;
import airworthy.faults.NoPlan;
import airworthy.faults.Planning;
import airworthy.faults.RunMark;
import airworthy.model.Change;
import airworthy.model.Dimension;
import airworthy.model.Fault;
import airworthy.model.Layer;
import airworthy.model.Target;
import airworthy.probes.kubernetes.DeviceHolding;
import airworthy.probes.kubernetes.DeviceProbe;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A test tenant claims all devices of its quota, then more by single claims, then more by one claim for several; last, a
 * second test tenant claims one device. Each claim has a pod that uses it. Touches workloads only. Thread-safe.
 *
 * <p>The order of the changes tells what each claim is for: see {@link ClaimLedger}.
 */
public final class QuotaBurstByClaims implements FaultInjector {
    /** Devices that the next tenant gets. */
    private static final int NEXT = 1;

    private final DeviceProbe devices;
    private final String pauseImage;

    /**
     * @param devices reads quotas and free devices
     * @param pauseImage what the pods run: an image that the cluster can pull and that does nothing
     */
    public QuotaBurstByClaims(DeviceProbe devices, String pauseImage) {
        this.devices = devices;
        this.pauseImage = pauseImage;
    }

    @Override
    public String mechanism() {
        return "kubernetes";
    }

    @Override
    public boolean knows(Fault fault) {
        return fault instanceof Fault.QuotaBurst;
    }

    @Override
    public Planning plan(Assignment assignment) throws InterruptedException {
        if (!(assignment.fault() instanceof Fault.QuotaBurst burst)) {
            throw new IllegalArgumentException(
                    "not known here: " + assignment.fault().kind());
        }
        Target target = assignment.target();
        Optional<String> namespace = target.namespace();
        if (namespace.isEmpty()) {
            return new Planning.NotApplicable(target.description() + " is no namespace of a tenant");
        }
        String tenant = namespace.get();
        try {
            return plan(burst, tenant, next(target, tenant), assignment.mark());
        } catch (NoPlan e) {
            return e.planning();
        }
    }

    private Planning plan(Fault.QuotaBurst burst, String tenant, Optional<String> next, RunMark mark)
            throws NoPlan, InterruptedException {
        String apiVersion = NoPlan.need(devices.apiVersion());
        DeviceHolding holding = NoPlan.need(devices.holding(tenant));
        int counted = Math.max(holding.devices(), holding.used().orElse(0));
        if (counted > 0) {
            throw NoPlan.refused("test tenant " + tenant + " holds " + counted
                    + " devices already; expected none, so that what is refused is refused for our claims");
        }
        int hard = holding.hard().orElse(burst.withoutQuota());
        String deviceClass = NoPlan.need(devices.deviceClass(tenant));
        int free = NoPlan.need(devices.free(deviceClass));
        int worst = hard + burst.above() + (1 + burst.above()) + NEXT;
        if (free < worst) {
            throw NoPlan.refused("device class " + deviceClass + ": found " + free + " free devices, expected at least "
                    + worst + ": where nothing enforces the quota of " + hard
                    + ", all that is asked for is granted, and nobody else may have to wait for it");
        }
        if (next.isPresent()) {
            requireRoom(next.get());
        }
        List<Change> changes =
                changes(burst, hard, tenant, next, new ClaimManifests(apiVersion, deviceClass, pauseImage, mark));
        Set<String> namespaces = new LinkedHashSet<>(Set.of(tenant));
        next.ifPresent(namespaces::add);
        return new Planning.Planned(mechanism(), Set.of(Layer.WORKLOAD), changes, namespaces, worst);
    }

    private void requireRoom(String next) throws NoPlan, InterruptedException {
        DeviceHolding holding = NoPlan.need(devices.holding(next));
        int left = holding.hard().orElse(NEXT) - holding.used().orElse(0);
        if (left < NEXT) {
            throw NoPlan.refused("second test tenant " + next + " has no device left in its own quota");
        }
    }

    private static List<Change> changes(
            Fault.QuotaBurst burst, int hard, String tenant, Optional<String> next, ClaimManifests manifests) {
        List<Change> changes = new ArrayList<>();
        int singles = hard + burst.above();
        for (int number = 0; number < singles; number++) {
            changes.add(manifests.claim(tenant, number, 1));
            changes.add(manifests.pod(tenant, number));
        }
        changes.add(manifests.claim(tenant, singles, 1 + burst.above()));
        changes.add(manifests.pod(tenant, singles));
        next.ifPresent(namespace -> {
            changes.add(manifests.claim(namespace, singles + 1, NEXT));
            changes.add(manifests.pod(namespace, singles + 1));
        });
        return changes;
    }

    private static Optional<String> next(Target target, String tenant) {
        return target.bystanders().stream()
                .map((Map<Dimension, String> names) -> names.get(Dimension.NAMESPACE))
                .filter(Objects::nonNull)
                .filter(namespace -> !namespace.equals(tenant))
                .findFirst();
    }
}
