package airworthy.mocks.kubernetes.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Selectors over the few fields that Kubernetes lets one select by. */
public final class FieldSelector {
    private static final Pattern TERM = Pattern.compile("([\\w.]+?)(==|=|!=)(.*)");
    private static final Pattern COMMA = Pattern.compile(",");
    private static final Set<String> EVERY_KIND = Set.of("metadata.name", "metadata.namespace");
    private static final Set<String> OF_PODS =
            Set.of("spec.nodeName", "status.phase", "status.podIP", "spec.schedulerName");
    private static final Set<String> OF_EVENTS = Set.of(
            "involvedObject.kind",
            "involvedObject.namespace",
            "involvedObject.name",
            "involvedObject.uid",
            "involvedObject.apiVersion",
            "reason",
            "type");

    private FieldSelector() {}

    /** A predicate over objects of the kind from the query parameter {@code fieldSelector}. */
    public static Predicate<JsonNode> parse(ResourceKind kind, String text) {
        List<Predicate<JsonNode>> terms = new ArrayList<>();
        COMMA.splitAsStream(text)
                .filter(t -> !t.isBlank())
                .map(t -> term(kind, t.strip()))
                .forEach(terms::add);
        return object -> terms.stream().allMatch(t -> t.test(object));
    }

    private static Predicate<JsonNode> term(ResourceKind kind, String term) {
        Matcher parts = TERM.matcher(term);
        if (!parts.matches()) {
            throw ApiFailure.badRequest("invalid field selector: found '" + term + "', expected 'field=value'");
        }
        String field = parts.group(1);
        if (!supported(kind, field)) {
            throw ApiFailure.badRequest("field label not supported: " + field);
        }
        String pointer = "/" + field.replace('.', '/');
        boolean equal = !parts.group(2).equals("!=");
        String value = parts.group(3);
        return object -> object.at(pointer).asText().equals(value) == equal;
    }

    private static boolean supported(ResourceKind kind, String field) {
        return EVERY_KIND.contains(field)
                || (kind.equals(ResourceKinds.POD) && OF_PODS.contains(field))
                || (kind.equals(ResourceKinds.EVENT) && OF_EVENTS.contains(field))
                || (kind.equals(ResourceKinds.NAMESPACE) && field.equals("status.phase"))
                || (kind.equals(ResourceKinds.NODE) && field.equals("spec.unschedulable"))
                || (kind.equals(ResourceKinds.RESOURCE_SLICE)
                        && (field.equals("spec.nodeName") || field.equals("spec.driver")));
    }
}
