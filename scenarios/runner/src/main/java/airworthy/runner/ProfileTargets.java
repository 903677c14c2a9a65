package airworthy.runner;

import airworthy.model.Dimension;
import airworthy.model.PlatformProfile;
import airworthy.model.Target;
import airworthy.model.TargetSelector;
import airworthy.probes.Reading;
import airworthy.probes.kubernetes.DeviceProbe;
import airworthy.probes.kubernetes.Metadata;
import airworthy.probes.kubernetes.Replica;
import airworthy.probes.kubernetes.Workload;
import airworthy.probes.kubernetes.WorkloadProbe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/** Finds targets in the profile's order; among replicas the seed decides. */
public final class ProfileTargets implements TargetResolver {
    private final PlatformProfile profile;
    private final WorkloadProbe workloads;
    private final DeviceProbe devices;
    private final long seed;

    public ProfileTargets(PlatformProfile profile, WorkloadProbe workloads, DeviceProbe devices, long seed) {
        this.profile = profile;
        this.workloads = workloads;
        this.devices = devices;
        this.seed = seed;
    }

    @Override
    public Reading<Target> resolve(TargetSelector selector) throws InterruptedException {
        return switch (selector) {
            case TargetSelector.InferenceReplica(Optional<String> name) -> served(name, this::oneOf);
            case TargetSelector.Inference(Optional<String> name) -> served(name, this::asWhole);
            case TargetSelector.TestTenant() -> tenant();
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
