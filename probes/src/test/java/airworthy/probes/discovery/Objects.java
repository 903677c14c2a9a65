package airworthy.probes.discovery;

import airworthy.probes.Reading;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Clusters given as YAML documents. */
final class Objects {
    static final URI API = URI.create("https://api:6443/");

    private Objects() {}

    /** A cluster that knows all kinds and holds these objects. */
    static ClusterObjects of(String yaml) {
        return new ClusterObjects(lists(yaml));
    }

    /** The same, but for one kind that may not be read. */
    static ClusterObjects hiding(Listed hidden, String yaml) {
        Map<Listed, Reading<List<JsonNode>>> lists = lists(yaml);
        lists.put(hidden, new Reading.Unreadable<>("403 of " + hidden.kind()));
        return new ClusterObjects(lists);
    }

    static Ways ways(ClusterObjects objects) {
        return new Ways(objects, API);
    }

    private static Map<Listed, Reading<List<JsonNode>>> lists(String yaml) {
        List<JsonNode> all = new ArrayList<>();
        YAMLMapper mapper = new YAMLMapper();
        try (var documents = mapper.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            documents.forEachRemaining(all::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<Listed, Reading<List<JsonNode>>> lists = new EnumMap<>(Listed.class);
        for (Listed kind : Listed.values()) {
            lists.put(
                    kind,
                    new Reading.Present<>(all.stream()
                            .filter(each -> each.path("kind").asText().equals(kind.kind()))
                            .toList()));
        }
        return lists;
    }
}
