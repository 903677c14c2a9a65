package airworthy.probes.discovery;

import airworthy.probes.Reading;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads out of objects which accelerators there are and who could claim them. Pure. */
final class DeviceSigns {
    private static final String BY_CLASS = ".deviceclass.resource.k8s.io/devices";

    private static final String MOCK = "airworthy/mock-devices";
    private static final int USUAL_LEVERS = 9401;

    private DeviceSigns() {}

    static Reading<Findings.Devices> devices(ClusterObjects objects) {
        Optional<String> hidden = Stream.of(Listed.DEVICE_CLASSES, Listed.DEVICE_SLICES, Listed.NODES)
                .flatMap(kind -> objects.unreadable(kind).stream())
                .findFirst();
        if (hidden.isPresent()) {
            return new Reading.Unreadable<>(hidden.get());
        }
        List<String> classes = objects.all(Listed.DEVICE_CLASSES).stream()
                .map(ClusterObjects::name)
                .sorted()
                .toList();
        int slices = objects.all(Listed.DEVICE_SLICES).size();
        int extended = (int) objects.all(Listed.NODES).stream()
                .filter(node -> node.at("/status/allocatable").properties().stream()
                        .map(Map.Entry::getKey)
                        .anyMatch(ServingSearch::accelerator))
                .count();
        return slices == 0 && extended == 0
                ? new Reading.Absent<>("ResourceSlices, and accelerators among what nodes can allocate")
                : new Reading.Present<>(new Findings.Devices(classes, slices, extended));
    }

    /** The project's own driver of simulated accelerators, by its image. */
    static Optional<Findings.MockDevices> mocks(ClusterObjects objects) {
        return objects.all(Listed.PODS).stream()
                .filter(ClusterObjects::runs)
                .filter(pod -> ClusterObjects.images(pod).stream().anyMatch(image -> image.contains(MOCK)))
                .findFirst()
                .map(pod -> new Findings.MockDevices(ClusterObjects.namespace(pod), labels(pod), levers(pod)));
    }

    /** What names the pods of one driver: the label of that purpose, else all but those that tell its versions apart. */
    private static SortedMap<String, String> labels(JsonNode pod) {
        SortedMap<String, String> labels = new TreeMap<>();
        pod.at("/metadata/labels").properties().forEach(label -> {
            boolean version = label.getKey().endsWith("-hash") || label.getKey().endsWith("-generation");
            if (!version) {
                labels.put(label.getKey(), label.getValue().asText());
            }
        });
        for (String naming : List.of("app.kubernetes.io/name", "app")) {
            if (labels.containsKey(naming)) {
                labels.keySet().retainAll(List.of(naming));
            }
        }
        return labels;
    }

    private static int levers(JsonNode pod) {
        for (JsonNode container : pod.at("/spec/containers")) {
            for (JsonNode port : container.path("ports")) {
                if (List.of("levers", "admin").contains(port.path("name").asText())) {
                    return port.path("containerPort").asInt();
                }
            }
        }
        return USUAL_LEVERS;
    }

    /** Namespaces that may claim devices and run nothing: a tenant can be played there without hurting one. */
    static Reading<List<String>> testTenants(ClusterObjects objects) {
        Optional<String> hidden = Stream.of(Listed.QUOTAS, Listed.PODS)
                .flatMap(kind -> objects.unreadable(kind).stream())
                .findFirst();
        if (hidden.isPresent()) {
            return new Reading.Unreadable<>(hidden.get());
        }
        List<String> tenants = objects.all(Listed.QUOTAS).stream()
                .filter(DeviceSigns::ofDevices)
                .map(ClusterObjects::namespace)
                .distinct()
                .filter(namespace -> objects.podsIn(namespace).isEmpty())
                .sorted()
                .toList();
        return tenants.isEmpty()
                ? new Reading.Absent<>("namespaces with a quota of devices and no pods, among "
                        + objects.all(Listed.QUOTAS).size() + " quotas")
                : new Reading.Present<>(tenants);
    }

    private static boolean ofDevices(JsonNode quota) {
        return quota.at("/spec/hard").properties().stream()
                .map(Map.Entry::getKey)
                .anyMatch(key ->
                        key.endsWith(BY_CLASS) || ServingSearch.accelerator(key.replaceFirst("^requests\\.", "")));
    }
}
