package airworthy.faults.proxy;

import airworthy.faults.RunMark;
import airworthy.model.Change;
import airworthy.model.ObjectRef;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;

/**
 * An object that the harness creates in a namespace, marked as ours.
 *
 * @param ref its name
 * @param labels all of them, those of the mark included
 * @param annotations all of them, those of the mark included
 * @param spec what it is
 * @param mark ours
 */
public record OurObject(
        ObjectRef ref, Map<String, String> labels, Map<String, String> annotations, Map<String, ?> spec, RunMark mark) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    public OurObject {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        spec = Map.copyOf(spec);
    }

    /** One that carries the mark's labels and annotations, and no others. */
    public OurObject(ObjectRef ref, Map<String, ?> spec, RunMark mark) {
        this(ref, mark.labels(), mark.annotations(), spec, mark);
    }

    /** The change that makes it. */
    public Change.CreateObject creation() {
        Map<String, Object> metadata = Map.of(
                "name",
                ref.name(),
                "namespace",
                ref.namespace().orElseThrow(),
                "labels",
                labels,
                "annotations",
                annotations);
        Map<String, Object> object =
                Map.of("apiVersion", ref.apiVersion(), "kind", ref.kind(), "metadata", metadata, "spec", spec);
        return new Change.CreateObject(ref, json(object), mark.label());
    }

    /** Canonical: keys sorted, no white space. */
    public static String json(Map<String, ?> object) {
        try {
            return MAPPER.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts, numbers, lists and maps is JSON", e);
        }
    }
}
