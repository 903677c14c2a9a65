package airworthy.probes.kubernetes;

import airworthy.model.Event;
import airworthy.model.PlatformProfile;
import airworthy.model.ScenarioId;
import airworthy.model.WorkloadRef;
import airworthy.probes.Reading;
import airworthy.probes.kubernetes.OwnerKeys.Place;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads who owns AI workloads and accelerators, as the cluster itself tells it. Claims that carry the harness's own run
 * label are left out. Every claim counts as one for accelerators. Thread-safe.
 */
public final class OwnerProbe {
    /** On everything that the harness makes. */
    private static final String RUN_LABEL = "airworthy/run";

    private final KubernetesConnection cluster;
    private final DynamicResources resources;
    private final WorkloadProbe workloads;

    public OwnerProbe(KubernetesConnection cluster) {
        this.cluster = cluster;
        this.resources = new DynamicResources(cluster);
        this.workloads = new WorkloadProbe(cluster);
    }

    /**
     * The owners of each AI workload: those of the profile, and every controller or bare pod whose pods hold devices, in
     * all namespaces. Each place on the way (pod, controller, namespace) names at most one owner, by its best key. A
     * cluster without dynamic resource allocation has the profile's workloads only.
     */
    public Reading<List<Event.OwnersFound>> owners(ScenarioId scenario, PlatformProfile profile)
            throws InterruptedException {
        return NotRead.reading(() -> {
            Map<WorkloadRef, List<Place>> places = new LinkedHashMap<>();
            for (PlatformProfile.Inference served : profile.inference()) {
                places.put(served.workload(), places(served.workload()));
            }
            ObjectTree tree = new ObjectTree(cluster);
            for (JsonNode claim : claims()) {
                for (DeviceTrace trace : DeviceTrace.of(claim, tree)) {
                    trace.workload()
                            .ifPresent(workload -> places.computeIfAbsent(workload, _ -> new ArrayList<>())
                                    .addAll(trace.places()));
                }
            }
            OwnerKeys keys = new OwnerKeys(profile.ownership().keys());
            List<Event.OwnersFound> found = new ArrayList<>();
            places.forEach(
                    (workload, where) -> found.add(new Event.OwnersFound(scenario, workload, keys.owners(where))));
            return found;
        });
    }

    /** The way from each device that a claim holds to the owner of the pod that uses it. */
    public Reading<List<Event.DeviceTraced>> devices(ScenarioId scenario, PlatformProfile profile)
            throws InterruptedException {
        return NotRead.reading(() -> {
            OwnerKeys keys = new OwnerKeys(profile.ownership().keys());
            ObjectTree tree = new ObjectTree(cluster);
            List<Event.DeviceTraced> traced = new ArrayList<>();
            for (JsonNode claim : claims()) {
                for (DeviceTrace trace : DeviceTrace.of(claim, tree)) {
                    for (DeviceId device : DeviceId.allocatedTo(claim)) {
                        traced.add(event(scenario, device, trace, keys));
                    }
                }
            }
            return traced;
        });
    }

    private static Event.DeviceTraced event(ScenarioId scenario, DeviceId device, DeviceTrace trace, OwnerKeys keys) {
        if (trace.broken().isPresent()) {
            return new Event.DeviceTraced(scenario, device.toString(), trace.links(), trace.broken());
        }
        Optional<String> owner = keys.nearest(trace.places());
        List<String> links = new ArrayList<>(trace.links());
        owner.ifPresent(team -> links.add("owner " + team));
        Optional<String> broken = owner.isPresent()
                ? Optional.empty()
                : Optional.of("owner: none of the keys " + keys.keys() + " is on pod, controller or namespace");
        return new Event.DeviceTraced(scenario, device.toString(), links, broken);
    }

    private List<Place> places(WorkloadRef declared) throws NotRead, InterruptedException {
        Workload workload = switch (workloads.workload(declared)) {
            case Reading.Present<Workload>(Workload found) -> found;
            case Reading.Absent<Workload>(String how) ->
                throw NotRead.unreadable("the profile names workload " + declared + ", which is not there: " + how
                        + "; correct the profile");
            case Reading.Unreadable<Workload>(String why) -> throw NotRead.unreadable(why);
        };
        List<Place> places = new ArrayList<>();
        workload.replicas().forEach(pod -> places.add(new Place("pod", pod.name(), pod.metadata())));
        places.add(new Place(declared.kind(), declared.name(), workload.controller()));
        places.add(new Place("namespace", declared.namespace(), workload.namespace()));
        return places;
    }

    private List<JsonNode> claims() throws NotRead, InterruptedException {
        try {
            return resources.list(DynamicResources.CLAIM, Optional.empty()).stream()
                    .filter(claim -> !Metadata.of(claim).labels().containsKey(RUN_LABEL))
                    .filter(claim -> !DeviceId.allocatedTo(claim).isEmpty())
                    .toList();
        } catch (NotRead e) {
            if (e.absent()) {
                return List.of();
            }
            throw e;
        }
    }
}
