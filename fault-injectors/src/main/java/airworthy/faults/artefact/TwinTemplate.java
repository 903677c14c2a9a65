package airworthy.faults.artefact;

import airworthy.faults.proxy.ProxyPod;
import airworthy.model.PlatformProfile;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The pod template of the workload as it stands, and what of it is another in the copy: where the model comes from, what its
 * revision is called, and how we know the pods as ours. All other labels stay, so that the platform treats the copy's pods as
 * it would treat those of a rollout: Services select them once they are ready.
 *
 * @param original as the API server gives it
 * @param artefact where the workload gets its model from
 */
record TwinTemplate(JsonNode original, PlatformProfile.Artefact artefact) {
    /** What a pod has to itself, or what nobody can write to. */
    private static final Set<String> OWN_VOLUMES =
            Set.of("configMap", "secret", "emptyDir", "projected", "downwardAPI", "ephemeral", "image");

    private static final String HASH = "pod-template-hash";

    /** Nobody's request is under way in a pod that never served. */
    private static final int GRACE_SECONDS = 2;

    /** Why no copy of this may be made; empty if one may. */
    Optional<String> obstacle() {
        for (JsonNode volume : original.at("/spec/volumes")) {
            if (shared(volume) && written(volume.path("name").asText())) {
                return Optional.of("volume " + volume.path("name").asText() + " is shared with the replicas that serve,"
                        + " and written to: what the copy downloads would be left in it");
            }
        }
        for (JsonNode claim : original.at("/spec/resourceClaims")) {
            if (!claim.path("resourceClaimName").asText().isEmpty()) {
                return Optional.of("resource claim "
                        + claim.path("resourceClaimName").asText()
                        + " is shared with the replicas that serve; expected one made by a template");
            }
        }
        return Optional.empty();
    }

    /** Why it cannot be led to another store; empty if it can. */
    Optional<String> fixed() {
        boolean named = false;
        for (JsonNode variable : variables()) {
            named = true;
            String value = variable.path("value").asText();
            if (!variable.has("valueFrom") && !value.startsWith(artefact.url().toString())) {
                return Optional.of(
                        "variable " + artefact.env() + " is \"" + value + "\", expected an address that begins"
                                + " with " + artefact.url() + " as artefact.url in the profile says");
            }
        }
        return named
                ? Optional.empty()
                : Optional.of("no container has a variable " + artefact.env()
                        + ", which artefact.env in the profile names as the one that tells where the model comes from");
    }

    /** The label that tells the revision. */
    Optional<String> revision() {
        return Optional.of(original.at("/metadata/labels")
                        .path(artefact.revisionLabel())
                        .asText())
                .filter(value -> !value.isEmpty());
    }

    /** The names of the claim templates of which each pod gets a claim of its own. */
    List<String> claimTemplates() {
        return original.at("/spec/resourceClaims")
                .valueStream()
                .map(claim -> claim.path("resourceClaimTemplateName").asText())
                .toList();
    }

    /** Devices that a device plug-in hands out: limits whose names have a domain. */
    int pluginDevices() {
        int devices = 0;
        for (JsonNode container : original.at("/spec/containers")) {
            for (var limit : container.at("/resources/limits").properties()) {
                boolean device = limit.getKey().contains("/") && !limit.getKey().startsWith("kubernetes.io/");
                devices += device ? limit.getValue().asInt() : 0;
            }
        }
        return devices;
    }

    /**
     * The copy's template.
     *
     * @param store where its model comes from
     * @param revision what its revision is called
     * @param part by which the copy's controller finds its pods
     * @param runLabel key and value by which anybody sees whose they are
     */
    ObjectNode copy(URI store, String revision, String part, List<String> runLabel) {
        ObjectNode copy = original.deepCopy();
        ObjectNode labels = copy.withObject("/metadata/labels");
        labels.remove(HASH);
        labels.put(artefact.revisionLabel(), revision);
        labels.put(ProxyPod.PART, part);
        labels.put(runLabel.getFirst(), runLabel.getLast());
        copy.withObject("/metadata").remove(List.of("name", "creationTimestamp"));
        copy.withObject("/spec").put("terminationGracePeriodSeconds", GRACE_SECONDS);
        for (JsonNode variable : new TwinTemplate(copy, artefact).variables()) {
            ObjectNode led = (ObjectNode) variable;
            String behind = led.path("value")
                    .asText()
                    .replaceFirst("^" + Pattern.quote(artefact.url().toString()), "");
            led.remove("valueFrom");
            led.put("value", store + behind);
        }
        return copy;
    }

    private List<JsonNode> variables() {
        return List.of("initContainers", "containers").stream()
                .flatMap(kind -> original.path("spec").path(kind).valueStream())
                .flatMap(container -> container.path("env").valueStream())
                .filter(variable -> variable.path("name").asText().equals(artefact.env()))
                .toList();
    }

    private static boolean shared(JsonNode volume) {
        Set<String> kinds = new TreeSet<>();
        volume.fieldNames().forEachRemaining(kinds::add);
        kinds.remove("name");
        return kinds.stream().noneMatch(OWN_VOLUMES::contains);
    }

    private boolean written(String volume) {
        return List.of("initContainers", "containers").stream()
                .flatMap(kind -> original.path("spec").path(kind).valueStream())
                .flatMap(container -> container.path("volumeMounts").valueStream())
                .filter(mount -> mount.path("name").asText().equals(volume))
                .anyMatch(mount -> !mount.path("readOnly").asBoolean(false));
    }
}
