package airworthy.mocks.kubernetes.access;

import airworthy.mocks.kubernetes.store.ApiFailure;
import airworthy.mocks.kubernetes.store.ObjectKey;
import airworthy.mocks.kubernetes.store.ObjectStore;
import airworthy.mocks.kubernetes.store.ResourceKind;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Access by roles and their bindings, as they stand now: what no rule grants is refused. Roles are neither aggregated nor
 * guarded against granting more than their author has. Safe for any number of threads.
 */
public final class RoleAccess {
    private static final String ANY = "*";

    private final ObjectStore store;

    public RoleAccess(ObjectStore store) {
        this.store = store;
    }

    /** Throws the refusal, in Kubernetes' words, unless the user may do it. */
    public void demand(User user, Deed deed) {
        if (!user.mayDoEverything() && rules(user, deed.object().namespace()).noneMatch(rule -> grants(rule, deed))) {
            throw ApiFailure.forbiddenTo(user.name(), deed.words(), deed.object());
        }
    }

    /** The rules of all roles that are bound to the user: everywhere, and in the namespace. */
    private Stream<JsonNode> rules(User user, String namespace) {
        Stream<ObjectNode> everywhere = store.list(ResourceKinds.CLUSTER_ROLE_BINDING, "").stream();
        Stream<ObjectNode> here =
                namespace.isEmpty() ? Stream.empty() : store.list(ResourceKinds.ROLE_BINDING, namespace).stream();
        return Stream.concat(everywhere, here)
                .filter(binding -> elements(binding.path("subjects")).anyMatch(subject -> is(user, subject, binding)))
                .flatMap(binding -> role(binding).stream())
                .flatMap(role -> elements(role.path("rules")));
    }

    private Optional<ObjectNode> role(ObjectNode binding) {
        JsonNode ref = binding.path("roleRef");
        boolean ofCluster = ref.path("kind").asText().equals(ResourceKinds.CLUSTER_ROLE.kind());
        ResourceKind kind = ofCluster ? ResourceKinds.CLUSTER_ROLE : ResourceKinds.ROLE;
        String namespace = ofCluster ? "" : binding.at("/metadata/namespace").asText();
        return store.find(new ObjectKey(kind, namespace, ref.path("name").asText()));
    }

    private static boolean is(User user, JsonNode subject, ObjectNode binding) {
        String name = subject.path("name").asText();
        return switch (subject.path("kind").asText()) {
            case "ServiceAccount" -> {
                String namespace = subject.path("namespace")
                        .asText(binding.at("/metadata/namespace").asText());
                yield User.serviceAccount(namespace, name).name().equals(user.name());
            }
            case "Group" -> user.groups().contains(name);
            default -> user.name().equals(name);
        };
    }

    private static boolean grants(JsonNode rule, Deed deed) {
        return holds(rule, "verbs", deed.verb()::equals)
                && holds(rule, "apiGroups", deed.group()::equals)
                && holds(rule, "resources", deed.resource()::equals)
                && (rule.path("resourceNames").isEmpty()
                        || holds(rule, "resourceNames", deed.object().name()::equals));
    }

    private static boolean holds(JsonNode rule, String field, Predicate<String> wanted) {
        return elements(rule.path(field))
                .map(JsonNode::asText)
                .anyMatch(value -> value.equals(ANY) || wanted.test(value));
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return array.valueStream();
    }
}
