package airworthy.faults.resize;

import airworthy.faults.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The container of a pod in which the engine runs.
 *
 * @param pod the pod as the API server gives it
 * @param index which of its containers
 */
record EngineContainer(JsonNode pod, int index) {
    private static final String CPU = "cpu";

    /** The only container, or the one that says that it listens on the port by which replicas are asked. */
    static Optional<EngineContainer> of(JsonNode pod, int port) {
        JsonNode containers = pod.at("/spec/containers");
        List<Integer> listening = IntStream.range(0, containers.size())
                .filter(index -> containers.size() == 1
                        || containers
                                .path(index)
                                .path("ports")
                                .valueStream()
                                .anyMatch(each -> each.path("containerPort").asInt() == port))
                .boxed()
                .toList();
        return listening.size() == 1 ? Optional.of(new EngineContainer(pod, listening.getFirst())) : Optional.empty();
    }

    String name() {
        return spec().path("name").asText();
    }

    /** Where its size stands. */
    String pointer() {
        return "/spec/containers/" + index + "/resources";
    }

    /** Its size as it is. */
    JsonValue size() {
        return new JsonValue(spec().path("resources"));
    }

    /** Its limit in thousandths of a processor, if it has one. */
    Optional<BigDecimal> limit() {
        return millis("limits");
    }

    /** Why it cannot be given another size without more ado; empty if it can. */
    Optional<String> obstacle() {
        if (!pod.at("/status/phase").asText().equals("Running")) {
            return Optional.of(
                    "the pod does not run: phase " + pod.at("/status/phase").asText("unknown"));
        }
        if (limit().isEmpty()) {
            return Optional.of("container " + name() + " has no CPU limit; one that is set in place can be changed, but"
                    + " never be taken away again");
        }
        if (!spec().path("resources").path("claims").isEmpty()) {
            return Optional.of(
                    "container " + name() + " holds resource claims: API servers, 1.36 among them, take no other"
                            + " size of such a container (\"only cpu and memory resources are mutable\")");
        }
        if (!pod.at("/spec/resources").isEmpty()) {
            return Optional.of("the pod has a size of its own (spec.resources) beside those of its containers");
        }
        for (JsonNode policy : spec().path("resizePolicy")) {
            if (policy.path("resourceName").asText().equals(CPU)
                    && policy.path("restartPolicy").asText().equals("RestartContainer")) {
                return Optional.of("container " + name() + " would be restarted for it (resizePolicy)");
            }
        }
        return status().path("resources").path("limits").has(CPU)
                ? Optional.empty()
                : Optional.of("the node does not tell what it gives container " + name()
                        + " (status.containerStatuses[].resources), so nobody could see it changed");
    }

    /**
     * Its size with this limit; memory and all else as they are. Its request stays as it is where it may: it can be no higher
     * than the limit. It stays equal to the limit if it was, and lower if it was, so that the pod's class of service stays.
     */
    JsonValue limitedTo(int millis) {
        ObjectNode size = spec().path("resources").deepCopy();
        size.withObject("/limits").put(CPU, millis + "m");
        Optional<BigDecimal> request = millis("requests");
        if (request.isPresent()) {
            boolean equal = request.get().compareTo(limit().orElseThrow()) == 0;
            int most = equal ? millis : millis - 1;
            if (equal || request.get().compareTo(BigDecimal.valueOf(most)) > 0) {
                size.withObject("/requests").put(CPU, most + "m");
            }
        }
        return new JsonValue(size);
    }

    private Optional<BigDecimal> millis(String kind) {
        JsonNode quantity = spec().path("resources").path(kind).path(CPU);
        return quantity.isMissingNode() ? Optional.empty() : Optional.of(millisOf(quantity.asText()));
    }

    /** As the API server writes quantities of processors: whole, or in thousandths, or finer. */
    private static BigDecimal millisOf(String quantity) {
        int last = quantity.length() - 1;
        return switch (quantity.charAt(last)) {
            case 'm' -> new BigDecimal(quantity.substring(0, last));
            case 'u' -> new BigDecimal(quantity.substring(0, last)).movePointLeft(3);
            case 'n' -> new BigDecimal(quantity.substring(0, last)).movePointLeft(6);
            case 'k' -> new BigDecimal(quantity.substring(0, last)).movePointRight(6);
            default -> new BigDecimal(quantity).movePointRight(3);
        };
    }

    private JsonNode spec() {
        return pod.at("/spec/containers").path(index);
    }

    private JsonNode status() {
        return pod.at("/status/containerStatuses")
                .valueStream()
                .filter(each -> each.path("name").asText().equals(name()))
                .findFirst()
                .orElseGet(() -> JsonValue.parse("{}").node());
    }
}
