package airworthy.probes.prometheus;

import airworthy.model.Alert;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** Labels and annotations, which Prometheus and Alertmanager write alike in answers and notifications. */
public final class AlertJson {
    private AlertJson() {}

    /** The alert of an object with {@code labels} and {@code annotations}; what is missing is empty. */
    public static Alert alert(JsonNode object) {
        return new Alert(texts(object.path("labels")), texts(object.path("annotations")));
    }

    static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new TreeMap<>();
        object.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }
}
