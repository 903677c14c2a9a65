package airworthy.probes.kubernetes;

import airworthy.model.ObjectRef;
import airworthy.model.WorkloadRef;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The way from a claim that holds devices to its namespace: claim, pod, controller, namespace.
 *
 * @param workload the topmost controller, or the pod itself where nothing controls it; empty if the way breaks before it
 * @param places where an owner may be named, nearest first
 * @param links one line for each link that leads on
 * @param broken the first link that leads nowhere
 */
record DeviceTrace(
        Optional<WorkloadRef> workload, List<OwnerKeys.Place> places, List<String> links, Optional<String> broken) {

    /** Follows a claim to each pod that it is reserved for. */
    static List<DeviceTrace> of(JsonNode claim, ObjectTree tree) throws NotRead, InterruptedException {
        String namespace = claim.at("/metadata/namespace").asText();
        String link = "claim " + namespace + "/" + claim.at("/metadata/name").asText();
        List<DeviceTrace> traces = new ArrayList<>();
        for (JsonNode consumer : claim.at("/status/reservedFor")) {
            if (consumer.path("resource").asText().equals("pods")) {
                ObjectRef pod = new ObjectRef(
                        "v1",
                        "Pod",
                        Optional.of(namespace),
                        consumer.path("name").asText());
                traces.add(toPod(link, namespace, pod, tree));
            }
        }
        if (traces.isEmpty()) {
            traces.add(new DeviceTrace(
                    Optional.empty(), List.of(), List.of(link), Optional.of(link + " is reserved for no pod")));
        }
        return traces;
    }

    private static DeviceTrace toPod(String claim, String namespace, ObjectRef ref, ObjectTree tree)
            throws NotRead, InterruptedException {
        String podLink = "pod " + namespace + "/" + ref.name();
        Optional<JsonNode> pod = tree.find(ref);
        if (pod.isEmpty()) {
            return new DeviceTrace(
                    Optional.empty(),
                    List.of(),
                    List.of(claim),
                    Optional.of(podLink + ", which the claim is reserved for, is not there"));
        }
        List<OwnerKeys.Place> places = new ArrayList<>(List.of(place(ref, pod.get())));
        List<String> links = new ArrayList<>(List.of(claim, podLink));
        ObjectTree.Top top = tree.top(ref, pod.get());
        String kind = top.ref().kind().toLowerCase(Locale.ROOT);
        WorkloadRef workload = new WorkloadRef(namespace, kind, top.ref().name());
        if (top.object().isEmpty()) {
            return new DeviceTrace(
                    Optional.of(workload), places, links, Optional.of(workload + ", its controller, is not there"));
        }
        if (top.ref().equals(ref)) {
            links.add("no controller");
        } else {
            places.add(place(top.ref(), top.object().get()));
            links.add(kind + " " + namespace + "/" + top.ref().name());
        }
        ObjectRef space = WorkloadProbe.namespaceRef(namespace);
        Optional<JsonNode> found = tree.find(space);
        found.ifPresent(object -> places.add(place(space, object)));
        links.add("namespace " + namespace);
        return new DeviceTrace(Optional.of(workload), places, links, Optional.empty());
    }

    private static OwnerKeys.Place place(ObjectRef ref, JsonNode object) {
        return new OwnerKeys.Place(ref.kind().toLowerCase(Locale.ROOT), ref.name(), Metadata.of(object));
    }
}
