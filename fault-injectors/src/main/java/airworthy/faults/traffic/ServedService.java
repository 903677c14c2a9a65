package airworthy.faults.traffic;

import airworthy.faults.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A Service as it stands, and what of it matters to who wants to stand behind it.
 *
 * @param json the object as the API server gives it
 */
record ServedService(JsonNode json) {
    private static final String HELM = "helm-controller";
    private static final Set<String> GITOPS_KEYS = Set.of(
            "argocd.argoproj.io/instance",
            "argocd.argoproj.io/tracking-id",
            "kustomize.toolkit.fluxcd.io/name",
            "helm.toolkit.fluxcd.io/name");
    private static final int LOWEST_PORT = 1024;

    String name() {
        return json.at("/metadata/name").asText();
    }

    /** Its selector, keys sorted; empty where it has none. */
    Map<String, String> selector() {
        Map<String, String> selector = new TreeMap<>();
        json.at("/spec/selector").forEachEntry((key, value) -> selector.put(key, value.asText()));
        return selector;
    }

    /** The names of those of these pods that it selects. */
    Set<String> selected(JsonValue pods) {
        Map<String, String> wanted = selector();
        Set<String> names = new TreeSet<>();
        for (JsonNode pod : pods.node().path("items")) {
            JsonNode labels = pod.at("/metadata/labels");
            boolean ended = Set.of("Succeeded", "Failed")
                    .contains(pod.at("/status/phase").asText());
            if (!ended
                    && wanted.entrySet().stream()
                            .allMatch(
                                    each -> labels.path(each.getKey()).asText().equals(each.getValue()))) {
                names.add(pod.at("/metadata/name").asText());
            }
        }
        return wanted.isEmpty() ? Set.of() : names;
    }

    /** Whether a host name in an address is this Service's. */
    boolean isNamedBy(String host, String namespace) {
        String known = host.toLowerCase(Locale.ROOT);
        return known.equals(name())
                || known.equals(name() + "." + namespace)
                || known.startsWith(name() + "." + namespace + ".");
    }

    /** Who would put back what we change, if somebody would. */
    Optional<String> keeper() {
        for (JsonNode owner : json.at("/metadata/ownerReferences")) {
            return Optional.of("it is owned by " + owner.path("kind").asText() + " "
                    + owner.path("name").asText());
        }
        for (String place : Set.of("labels", "annotations")) {
            Optional<String> key = GITOPS_KEYS.stream()
                    .filter(each -> json.at("/metadata").path(place).has(each))
                    .sorted()
                    .findFirst();
            if (key.isPresent()) {
                return key.map(found -> "it carries " + found);
            }
        }
        for (JsonNode entry : json.at("/metadata/managedFields")) {
            String manager = entry.path("manager").asText();
            if (manager.startsWith("argocd")
                    || manager.startsWith("flux")
                    || manager.equals(HELM)
                    || manager.equals("kustomize-controller")) {
                return Optional.of("its fields are managed by " + manager);
            }
        }
        return Optional.empty();
    }

    /** Why nobody can stand behind this Service by its selector alone; empty if one can. */
    Optional<String> obstacle() {
        JsonNode ports = json.at("/spec/ports");
        if (ports.size() != 1) {
            return Optional.of("it has " + ports.size() + " ports, expected one: the others would lead nowhere");
        }
        if (json.at("/spec/clusterIP").asText().equals("None")) {
            return Optional.of("it is headless: who asks it picks pods by itself");
        }
        JsonNode port = ports.get(0);
        String protocol = port.path("protocol").asText("TCP") + " "
                + port.path("appProtocol").asText("http");
        if (!protocol.equals("TCP http")) {
            return Optional.of("it serves " + protocol + ", expected HTTP/1.1 without TLS");
        }
        if (!target().isTextual() && target().asInt() < LOWEST_PORT) {
            return Optional.of("its target port is " + target().asInt() + ", which only root may listen on");
        }
        return Optional.empty();
    }

    /** The port by which it is asked. */
    int port() {
        return json.at("/spec/ports/0/port").asInt();
    }

    /** The port of the pods: a number or a name. */
    JsonNode target() {
        JsonNode target = json.at("/spec/ports/0/targetPort");
        return target.isMissingNode() ? json.at("/spec/ports/0/port") : target;
    }

    /** For people. */
    static String told(Map<String, Set<String>> selections) {
        return selections.isEmpty()
                ? "there is no Service with a selector"
                : selections.entrySet().stream()
                        .map(each -> "Service " + each.getKey() + " selects " + each.getValue())
                        .collect(Collectors.joining(", "));
    }
}
