package airworthy.mocks.kubernetes.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Strategic merge: maps are merged, the lists named here are merged by their key, every other list is replaced.
 * {@code $patch: delete} and {@code $patch: replace} are honoured; ordering directives are not.
 */
final class StrategicMerge {
    private static final String DIRECTIVE = "$patch";

    /** List field to merge keys in order of preference, from the patch tags of Kubernetes' Go types. */
    private static final Map<String, List<String>> KEYS = Map.ofEntries(
            Map.entry("containers", List.of("name")),
            Map.entry("initContainers", List.of("name")),
            Map.entry("env", List.of("name")),
            Map.entry("volumes", List.of("name")),
            Map.entry("imagePullSecrets", List.of("name")),
            Map.entry("resourceClaims", List.of("name")),
            Map.entry("volumeMounts", List.of("mountPath")),
            Map.entry("ports", List.of("containerPort", "port")),
            Map.entry("conditions", List.of("type")),
            Map.entry("addresses", List.of("type")),
            Map.entry("taints", List.of("key")),
            Map.entry("ownerReferences", List.of("uid")));

    private StrategicMerge() {}

    static void merge(ObjectNode target, ObjectNode changes) {
        if (changes.path(DIRECTIVE).asText().equals("replace")) {
            target.removeAll();
        }
        changes.properties().forEach(change -> field(target, change.getKey(), change.getValue()));
    }

    private static void field(ObjectNode target, String field, JsonNode change) {
        if (field.startsWith("$")) {
            return;
        }
        if (change.isNull() || change.path(DIRECTIVE).asText().equals("delete")) {
            target.remove(field);
        } else if (change instanceof ObjectNode nested) {
            merge(target.path(field) instanceof ObjectNode existing ? existing : target.putObject(field), nested);
        } else if (change instanceof ArrayNode items) {
            Optional<String> key = mergeKey(field, items);
            if (key.isPresent()) {
                list(target.withArrayProperty(field), items, key.get());
            } else if (field.equals("finalizers")) {
                union(target.withArrayProperty(field), items);
            } else {
                target.set(field, items.deepCopy());
            }
        } else {
            target.set(field, change);
        }
    }

    private static Optional<String> mergeKey(String field, ArrayNode items) {
        return KEYS.getOrDefault(field, List.of()).stream()
                .filter(key -> items.valueStream().allMatch(i -> i.has(key) || i.has(DIRECTIVE)))
                .findFirst();
    }

    private static void list(ArrayNode target, ArrayNode changes, String key) {
        for (JsonNode change : changes) {
            if (!change.has(key)) {
                if (change.path(DIRECTIVE).asText().equals("replace")) {
                    target.removeAll();
                }
                continue;
            }
            int at = indexOf(target, key, change.path(key));
            boolean delete = change.path(DIRECTIVE).asText().equals("delete");
            if (at >= 0 && delete) {
                target.remove(at);
            } else if (!delete && change instanceof ObjectNode fields) {
                ObjectNode merged =
                        at >= 0 && target.get(at) instanceof ObjectNode existing ? existing : target.addObject();
                merge(merged, fields);
            }
        }
    }

    private static void union(ArrayNode target, ArrayNode changes) {
        for (JsonNode change : changes) {
            if (target.valueStream().noneMatch(change::equals)) {
                target.add(change);
            }
        }
    }

    private static int indexOf(ArrayNode items, String key, JsonNode value) {
        for (int i = 0; i < items.size(); i++) {
            if (items.path(i).path(key).equals(value)) {
                return i;
            }
        }
        return -1;
    }
}
