package airworthy.faults.kubernetes;

import airworthy.faults.Applied;
import airworthy.faults.JsonValue;
import airworthy.model.Change;
import airworthy.model.ObjectRef;
import airworthy.model.Restoration;
import airworthy.model.Undo;
import airworthy.probes.Reading;
import airworthy.probes.kubernetes.KubernetesConnection;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Changes what a running container of a pod may use, in place. Such fields are set by a subresource of their own, and setting
 * them is no more than a wish: what the kubelet made of it stands in the pod's status, and only that is believed.
 */
final class PodResize {
    private static final String SUBRESOURCE = "resize";
    private static final Pattern RESOURCES = Pattern.compile("/spec/containers/(\\d+)/resources");
    private static final Duration INTERVAL = Duration.ofMillis(100);

    private final KubernetesConnection cluster;
    private final FieldChange fields;
    private final Duration patience;

    /** @param patience how long the kubelet may take */
    PodResize(KubernetesConnection cluster, Duration patience) {
        this.cluster = cluster;
        this.fields = new FieldChange(cluster, Optional.of(SUBRESOURCE));
        this.patience = patience;
    }

    /** Whether this is a field that can be changed only so. */
    static boolean isOne(ObjectRef object, String pointer) {
        return object.kind().equals("Pod")
                && object.apiVersion().equals("v1")
                && RESOURCES.matcher(pointer).matches();
    }

    /** A size that the API server refuses is no refusal that a fault could be after: it is not made. */
    Applied set(Change.SetField change) throws InterruptedException {
        return switch (fields.set(change)) {
            case Applied.Done done ->
                problem(change.object(), change.pointer(), change.ours())
                        .<Applied>map(why -> new Applied.Failed(change.object() + ": " + why))
                        .orElse(done);
            case Applied.Refused(int status, String message) ->
                new Applied.Failed(change.describe() + " was refused: " + status + ", " + message);
            case Applied.Failed failed -> failed;
        };
    }

    /** A pod that is gone took our size with it: what comes in its place has that of its template. */
    Restoration restore(Undo.RestoreField undo) throws InterruptedException {
        if (cluster.get(undo.object()) instanceof Reading.Absent<String>(String how)) {
            return new Restoration.Restored(undo.object() + " is not there any more: " + how);
        }
        return switch (fields.restore(undo)) {
            case Restoration.Restored restored ->
                problem(undo.object(), undo.pointer(), undo.prior())
                        .<Restoration>map(why -> new Restoration.Failed(
                                "put " + undo.object() + " " + undo.pointer() + " back: it is asked for, but " + why,
                                "make room on the pod's node, or delete the pod: its controller makes another"))
                        .orElse(restored);
            case Restoration.Conflicted conflicted -> conflicted;
            case Restoration.Failed failed -> failed;
        };
    }

    /** Why the container has not what is wanted, after waiting for it; empty if it has. */
    private Optional<String> problem(ObjectRef pod, String pointer, String wanted) throws InterruptedException {
        JsonNode size = JsonValue.parse(wanted).node();
        long start = System.nanoTime();
        while (true) {
            String found;
            switch (cluster.get(pod)) {
                case Reading.Absent<String>(String how) -> {
                    return Optional.of("it is gone: " + how);
                }
                case Reading.Unreadable<String>(String why) -> found = why;
                case Reading.Present<String>(String json) -> {
                    JsonNode object = JsonValue.parse(json).node();
                    JsonNode given = given(object, pointer);
                    if (has(given, size)) {
                        return Optional.empty();
                    }
                    found = "the node gives it " + given + pending(object);
                }
            }
            if (System.nanoTime() - start > patience.toNanos()) {
                return Optional.of(found + ", expected " + size + " within " + patience.toSeconds() + " s");
            }
            Thread.sleep(INTERVAL);
        }
    }

    /** What the node gives the container: statuses are in no promised order, so it is found by its name. */
    private static JsonNode given(JsonNode pod, String pointer) {
        Matcher matcher = RESOURCES.matcher(pointer);
        String name = matcher.matches()
                ? pod.at("/spec/containers")
                        .path(Integer.parseInt(matcher.group(1)))
                        .path("name")
                        .asText()
                : "";
        for (JsonNode status : pod.at("/status/containerStatuses")) {
            if (status.path("name").asText().equals(name)) {
                return status.path("resources");
            }
        }
        return JsonValue.parse("null").node();
    }

    private static boolean has(JsonNode given, JsonNode size) {
        return new JsonValue(given.path("limits")).sameAs(new JsonValue(size.path("limits")))
                && new JsonValue(given.path("requests")).sameAs(new JsonValue(size.path("requests")));
    }

    /** In the kubelet's own words. */
    private static String pending(JsonNode pod) {
        StringBuilder words = new StringBuilder();
        for (JsonNode condition : pod.at("/status/conditions")) {
            if (condition.path("type").asText().startsWith("PodResize")) {
                words.append(", ")
                        .append(condition.path("type").asText())
                        .append(' ')
                        .append(condition.path("reason").asText())
                        .append(' ')
                        .append(condition.path("message").asText());
            }
        }
        return words.toString();
    }
}
