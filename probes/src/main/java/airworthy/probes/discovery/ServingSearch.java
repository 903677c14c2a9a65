package airworthy.probes.discovery;

import airworthy.model.WorkloadRef;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds the workloads that may serve models: those whose pods hold accelerators, run an image that is known for it, are in
 * an InferencePool or ask to be scraped. Pure.
 *
 * @param objects the cluster's objects
 */
record ServingSearch(ClusterObjects objects) {
    private static final String SCRAPE = "prometheus.io/scrape";
    private static final String SCRAPE_PORT = "prometheus.io/port";
    private static final List<String> IMAGES =
            List.of("vllm", "sglang", "text-generation-inference", "tritonserver", "llm-d", "airworthy/mock-inference");
    /** More than model servers open; what opens more is asked on its first ones. */
    private static final int PORTS = 4;

    private static final int USUAL_PORT = 8000;

    /** The controllers that a profile can name. */
    private static final Set<String> KINDS = Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job");

    /**
     * A workload that may serve a model.
     *
     * @param ref its name
     * @param pod one of its pods, a ready one if there is any
     * @param ports to be asked, the likeliest first
     * @param accelerated whether its pods hold accelerators, so that its silence is worth telling
     * @param ready whether that pod says that it serves
     */
    record Candidate(WorkloadRef ref, JsonNode pod, List<Integer> ports, boolean accelerated, boolean ready) {}

    /** All candidates, by name. */
    List<Candidate> candidates() {
        SortedMap<String, Candidate> found = new TreeMap<>();
        for (JsonNode pod : objects.all(Listed.PODS)) {
            if (ClusterObjects.runs(pod) && looksLikeServing(pod) && !isGateway(pod)) {
                Candidate candidate = candidate(pod);
                found.merge(candidate.ref().toString(), candidate, (one, other) -> one.ready() ? one : other);
            }
        }
        return List.copyOf(found.values());
    }

    /** The extended resources by which accelerators are known. */
    static boolean accelerator(String resource) {
        return resource.endsWith("/gpu")
                || resource.contains("nvidia.com/mig")
                || resource.equals("google.com/tpu")
                || resource.equals("habana.ai/gaudi")
                || resource.equals("aws.amazon.com/neuron");
    }

    private Candidate candidate(JsonNode pod) {
        boolean ready = false;
        for (JsonNode condition : pod.at("/status/conditions")) {
            ready |= condition.path("type").asText().equals("Ready")
                    && condition.path("status").asText().equals("True");
        }
        return new Candidate(controller(pod), pod, ports(pod), accelerated(pod), ready);
    }

    private boolean looksLikeServing(JsonNode pod) {
        return annotation(pod, SCRAPE).equals("true") || servesModels(pod);
    }

    /** Gateways list models too; one that holds accelerators would be a model server all the same. */
    private boolean isGateway(JsonNode pod) {
        return !accelerated(pod)
                && ServiceSearch.GATEWAY.in(objects.all(Listed.SERVICES)).stream()
                        .anyMatch(candidate ->
                                objects.podsBehind(candidate.service()).contains(pod));
    }

    private boolean servesModels(JsonNode pod) {
        return accelerated(pod)
                || ClusterObjects.images(pod).stream()
                        .anyMatch(image -> IMAGES.stream().anyMatch(image::contains))
                || !pools(pod).isEmpty();
    }

    private static boolean accelerated(JsonNode pod) {
        if (!pod.at("/spec/resourceClaims").isEmpty()) {
            return true;
        }
        for (JsonNode container : pod.at("/spec/containers")) {
            for (Map.Entry<String, JsonNode> limit :
                    container.at("/resources/limits").properties()) {
                if (accelerator(limit.getKey())) {
                    return true;
                }
            }
        }
        return false;
    }

    private List<JsonNode> pools(JsonNode pod) {
        return objects.all(Listed.INFERENCE_POOLS).stream()
                .filter(pool -> ClusterObjects.namespace(pool).equals(ClusterObjects.namespace(pod)))
                .filter(pool -> !pool.at("/spec/selector/matchLabels").isEmpty())
                .filter(pool -> ClusterObjects.matches(pool.at("/spec/selector/matchLabels"), pod))
                .toList();
    }

    /** Of pods for which only scraping speaks, nothing but the port that they offer for it. */
    private List<Integer> ports(JsonNode pod) {
        List<Integer> ports = new ArrayList<>();
        pools(pod)
                .forEach(pool -> pool.at("/spec/targetPorts")
                        .forEach(port -> ports.add(port.path("number").asInt())));
        String annotated = annotation(pod, SCRAPE_PORT);
        if (annotated.matches("[0-9]{1,5}")) {
            ports.add(Integer.parseInt(annotated));
            if (!servesModels(pod)) {
                return List.copyOf(ports);
            }
        }
        for (JsonNode container : pod.at("/spec/containers")) {
            container
                    .path("ports")
                    .forEach(port -> ports.add(port.path("containerPort").asInt()));
        }
        return (ports.isEmpty() ? Stream.of(USUAL_PORT) : ports.stream())
                .distinct()
                .limit(PORTS)
                .toList();
    }

    private static String annotation(JsonNode pod, String key) {
        return pod.at("/metadata/annotations").path(key).asText();
    }

    /** The topmost controller that a profile can name; the pod itself where nothing controls it. */
    private WorkloadRef controller(JsonNode pod) {
        JsonNode at = pod;
        String kind = "Pod";
        Optional<JsonNode> owner = owner(at);
        String name = ClusterObjects.name(at);
        while (owner.isPresent()) {
            kind = owner.get().path("kind").asText();
            name = owner.get().path("name").asText();
            owner = kind.equals("ReplicaSet")
                    ? find(name, ClusterObjects.namespace(pod)).flatMap(ServingSearch::owner)
                    : Optional.empty();
        }
        return new WorkloadRef(ClusterObjects.namespace(pod), kind.toLowerCase(Locale.ROOT), name);
    }

    private Optional<JsonNode> find(String replicaSet, String namespace) {
        return objects.all(Listed.REPLICA_SETS).stream()
                .filter(each -> ClusterObjects.name(each).equals(replicaSet)
                        && ClusterObjects.namespace(each).equals(namespace))
                .findFirst();
    }

    private static Optional<JsonNode> owner(JsonNode object) {
        for (JsonNode owner : object.at("/metadata/ownerReferences")) {
            if (owner.path("controller").asBoolean()
                    && KINDS.contains(owner.path("kind").asText())) {
                return Optional.of(owner);
            }
        }
        return Optional.empty();
    }
}
