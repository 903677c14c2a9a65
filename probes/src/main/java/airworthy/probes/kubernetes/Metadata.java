package airworthy.probes.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What somebody wrote on an object.
 *
 * @param labels its labels
 * @param annotations its annotations
 */
public record Metadata(SortedMap<String, String> labels, SortedMap<String, String> annotations) {
    public Metadata(Map<String, String> labels, Map<String, String> annotations) {
        this(new TreeMap<>(labels), new TreeMap<>(annotations));
    }

    public Metadata {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }

    /** The value of a key: a label's, else an annotation's. */
    public Optional<String> value(String key) {
        return Optional.ofNullable(labels.get(key)).or(() -> Optional.ofNullable(annotations.get(key)));
    }

    static Metadata of(JsonNode object) {
        return new Metadata(texts(object.at("/metadata/labels")), texts(object.at("/metadata/annotations")));
    }

    private static SortedMap<String, String> texts(JsonNode map) {
        SortedMap<String, String> texts = new TreeMap<>();
        map.forEachEntry((key, value) -> texts.put(key, value.asText()));
        return texts;
    }
}
