package airworthy.runner;

import airworthy.model.Dimension;
import airworthy.model.Event;
import airworthy.model.PlatformProfile;
import airworthy.model.Target;
import airworthy.model.TargetSelector;
import airworthy.probes.Reading;
import airworthy.probes.kubernetes.DeviceId;
import airworthy.probes.kubernetes.DeviceProbe;
import airworthy.probes.kubernetes.DeviceState;
import airworthy.probes.kubernetes.Metadata;
import airworthy.probes.kubernetes.Replica;
import airworthy.probes.kubernetes.Workload;
import airworthy.probes.kubernetes.WorkloadProbe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/** Finds targets in the profile's order; among replicas the seed decides. */
public final class ProfileTargets implements TargetResolver {
    private final PlatformProfile profile;
    private final WorkloadProbe workloads;
    private final DeviceProbe devices;
    private final long seed;
    private final Sources sources;

    /** Where nobody can tell how a gateway sees us. */
    public ProfileTargets(PlatformProfile profile, WorkloadProbe workloads, DeviceProbe devices, long seed) {
        this(profile, workloads, devices, seed, tenant -> new Reading.Absent<>("nobody asked the gateway"));
    }

    /** @param sources how a gateway sees us */
    public ProfileTargets(
            PlatformProfile profile, WorkloadProbe workloads, DeviceProbe devices, long seed, Sources sources) {
        this.profile = profile;
        this.workloads = workloads;
        this.devices = devices;
        this.seed = seed;
        this.sources = sources;
    }

    /** Knows where our requests come from, as a gateway sees it. */
    @FunctionalInterface
    public interface Sources {
        /** Of those with the key of this tenant. */
        Reading<String> of(String tenant) throws InterruptedException;
    }

    @Override
    public Reading<Target> resolve(TargetSelector selector) throws InterruptedException {
        return switch (selector) {
            case TargetSelector.InferenceReplica(Optional<String> name) -> served(name, this::oneOf);
            case TargetSelector.Inference(Optional<String> name) -> served(name, this::asWhole);
            case TargetSelector.AllocatedAccelerator() -> held(this::asAccelerator);
            case TargetSelector.AcceleratedNode() -> held(this::asNode);
            case TargetSelector.TestTenant() -> tenant();
            case TargetSelector.BudgetedTenant() -> new GatewayTargets(profile, workloads, sources).budgeted();
            case TargetSelector.GatewayKeys() -> new GatewayTargets(profile, workloads, sources).keys();
            case TargetSelector.WholePlatform() ->
                new Reading.Present<>(new Target(
                        "the whole platform", Map.of(), Map.of(), Optional.empty(), Optional.empty(), List.of()));
        };
    }

    private Reading<Target> served(
            Optional<String> name, BiFunction<PlatformProfile.Inference, Workload, Reading<Target>> choice)
            throws InterruptedException {
        Optional<PlatformProfile.Inference> wanted = profile.inference().stream()
                .filter(served -> name.isEmpty() || name.get().equals(served.name()))
                .filter(served -> name.isPresent() || !profile.bystanders().contains(served.workload()))
                .findFirst();
        if (wanted.isEmpty()) {
            return new Reading.Absent<>("the profile's inference list holds "
                    + name.map(it -> "no " + it).orElse("none that is no bystander"));
        }
        PlatformProfile.Inference served = wanted.get();
        return switch (workloads.workload(served.workload())) {
            case Reading.Absent<Workload>(String how) -> new Reading.Absent<>(how);
            case Reading.Unreadable<Workload>(String why) -> new Reading.Unreadable<>(why);
            case Reading.Present<Workload>(Workload workload) -> choice.apply(served, workload);
        };
    }

    private Reading<Target> asWhole(PlatformProfile.Inference served, Workload workload) {
        Map<String, String> owners = owners(workload.namespace(), workload.controller());
        Map<Dimension, String> names = names(served);
        firstOwner(owners).ifPresent(team -> names.put(Dimension.TEAM, team));
        return new Reading.Present<>(new Target(
                served.workload().toString(),
                names,
                owners,
                Optional.of(served.name()),
                Optional.empty(),
                bystanders(served)));
    }

    private Reading<Target> oneOf(PlatformProfile.Inference served, Workload workload) {
        List<Replica> ready =
                workload.replicas().stream().filter(Replica::ready).toList();
        if (ready.size() < 2) {
            return new Reading.Absent<>(served.workload() + " has " + ready.size()
                    + " ready replicas, expected at least 2: with one, nothing could take its traffic");
        }
        Replica hit = ready.get(new SplittableRandom(seed).nextInt(ready.size()));
        Map<Dimension, String> names = names(served);
        names.put(Dimension.REPLICA, hit.name());
        hit.node().ifPresent(node -> names.put(Dimension.NODE, node));
        Map<String, String> owners = owners(workload.namespace(), workload.controller(), hit.metadata());
        firstOwner(owners).ifPresent(team -> names.put(Dimension.TEAM, team));
        return new Reading.Present<>(new Target(
                served.workload() + ", replica " + hit.name(),
                names,
                owners,
                Optional.of(served.name()),
                Optional.of(hit.name()),
                bystanders(served)));
    }

    /** The first served model, no bystander, whose ready replicas hold healthy devices; the seed decides which of these. */
    private Reading<Target> held(OfHeld target) throws InterruptedException {
        List<String> found = new ArrayList<>();
        for (PlatformProfile.Inference served : profile.inference()) {
            if (profile.bystanders().contains(served.workload())) {
                continue;
            }
            switch (workloads.workload(served.workload())) {
                case Reading.Absent<Workload>(String how) -> found.add(how);
                case Reading.Unreadable<Workload>(String why) -> {
                    return new Reading.Unreadable<>(why);
                }
                case Reading.Present<Workload>(Workload workload) -> {
                    switch (acceleratorsOf(workload)) {
                        case Reading.Absent<List<Held>>(String how) -> found.add(how);
                        case Reading.Unreadable<List<Held>>(String why) -> {
                            return new Reading.Unreadable<>(why);
                        }
                        case Reading.Present<List<Held>>(List<Held> held) -> {
                            Held hit = held.get(new SplittableRandom(seed).nextInt(held.size()));
                            return new Reading.Present<>(target.of(served, workload, hit));
                        }
                    }
                }
            }
        }
        return new Reading.Absent<>("no served model but bystanders holds an accelerator: "
                + (found.isEmpty() ? "the profile's inference list holds none" : String.join("; ", found)));
    }

    /** Devices that a taint keeps from claims are in trouble already. */
    private Reading<List<Held>> acceleratorsOf(Workload workload) throws InterruptedException {
        Reading<SortedMap<String, List<DeviceId>>> byPod =
                devices.heldByPods(workload.ref().namespace());
        if (!(byPod instanceof Reading.Present<SortedMap<String, List<DeviceId>>>(var heldByPod))) {
            return byPod.map(_ -> List.of());
        }
        List<Held> held = new ArrayList<>();
        for (Replica replica : workload.replicas()) {
            if (!replica.ready() || replica.node().isEmpty()) {
                continue;
            }
            for (DeviceId device : heldByPod.getOrDefault(replica.name(), List.of())) {
                switch (devices.state(device)) {
                    case Reading.Present<DeviceState>(DeviceState state)
                    when state.standing() == Event.DeviceStanding.ALLOCATABLE -> held.add(new Held(replica, device));
                    case Reading.Present<DeviceState> _, Reading.Absent<DeviceState> _ -> {
                        // this one is in no state to be broken
                    }
                    case Reading.Unreadable<DeviceState>(String why) -> {
                        return new Reading.Unreadable<>(why);
                    }
                }
            }
        }
        return held.isEmpty()
                ? new Reading.Absent<>("no ready replica of " + workload.ref() + " holds a healthy device by a claim")
                : new Reading.Present<>(held);
    }

    private Target asAccelerator(PlatformProfile.Inference served, Workload workload, Held hit) {
        Map<Dimension, String> names = names(served);
        names.put(Dimension.REPLICA, hit.replica().name());
        hit.replica().node().ifPresent(node -> names.put(Dimension.NODE, node));
        names.put(Dimension.DEVICE, hit.device().device());
        Map<String, String> owners = owners(
                workload.namespace(), workload.controller(), hit.replica().metadata());
        firstOwner(owners).ifPresent(team -> names.put(Dimension.TEAM, team));
        return new Target(
                "device " + hit.device() + " of " + served.workload() + ", replica "
                        + hit.replica().name(),
                names,
                owners,
                Optional.of(served.name()),
                Optional.of(hit.replica().name()),
                bystanders(served));
    }

    private Target asNode(PlatformProfile.Inference served, Workload workload, Held hit) {
        String node = hit.replica().node().orElseThrow();
        return new Target(
                "node " + node + ", on whose accelerators " + workload.ref() + " runs",
                Map.of(Dimension.NODE, node),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                bystanders(served));
    }

    private record Held(Replica replica, DeviceId device) {}

    /** Makes a target of a device that a replica holds. */
    private interface OfHeld {
        Target of(PlatformProfile.Inference served, Workload workload, Held held);
    }

    private List<Map<Dimension, String>> bystanders(PlatformProfile.Inference served) {
        return profile.bystandersOf(served.workload()).stream()
                .map(ProfileTargets::names)
                .map(Map::copyOf)
                .toList();
    }

    private Reading<Target> tenant() throws InterruptedException {
        if (profile.testTenants().isEmpty()) {
            return new Reading.Absent<>("the profile lists no testTenants; make a namespace for it and list it there");
        }
        String tenant = profile.testTenants().getFirst();
        return switch (workloads.namespace(tenant)) {
            case Reading.Absent<Metadata>(String how) -> new Reading.Absent<>(how);
            case Reading.Unreadable<Metadata>(String why) -> new Reading.Unreadable<>(why);
            case Reading.Present<Metadata>(Metadata namespace) -> asTenant(tenant, namespace);
        };
    }

    private Reading<Target> asTenant(String tenant, Metadata namespace) throws InterruptedException {
        Map<String, String> owners = owners(namespace);
        Map<Dimension, String> names = new LinkedHashMap<>();
        names.put(Dimension.NAMESPACE, tenant);
        names.put(Dimension.TENANT, tenant);
        firstOwner(owners).ifPresent(team -> names.put(Dimension.TEAM, team));
        return switch (devices.deviceClass(tenant)) {
            case Reading.Absent<String>(String how) -> new Reading.Absent<>(how);
            case Reading.Unreadable<String>(String why) -> new Reading.Unreadable<>(why);
            case Reading.Present<String>(String deviceClass) -> {
                names.put(Dimension.CLASS, deviceClass);
                yield new Reading.Present<>(new Target(
                        "tenant " + tenant + ", class " + deviceClass,
                        names,
                        owners,
                        Optional.empty(),
                        Optional.empty(),
                        profile.testTenants().stream()
                                .skip(1)
                                .limit(1)
                                .map(next -> Map.of(Dimension.NAMESPACE, next, Dimension.TENANT, next))
                                .toList()));
            }
        };
    }

    private static Map<Dimension, String> names(PlatformProfile.Inference served) {
        Map<Dimension, String> names = new LinkedHashMap<>();
        names.put(Dimension.NAMESPACE, served.workload().namespace());
        names.put(Dimension.WORKLOAD, served.workload().name());
        names.put(Dimension.MODEL, served.model());
        return names;
    }

    /** The value of each owner key; what is nearer to the target wins. */
    private Map<String, String> owners(Metadata... farthestFirst) {
        Map<String, String> owners = new LinkedHashMap<>();
        for (String key : profile.ownership().keys()) {
            for (Metadata place : farthestFirst) {
                place.value(key).ifPresent(team -> owners.put(key, team));
            }
        }
        return owners;
    }

    private Optional<String> firstOwner(Map<String, String> owners) {
        return profile.ownership().keys().stream()
                .filter(owners::containsKey)
                .map(owners::get)
                .findFirst();
    }
}
