package airworthy.mocks.devices.cluster;

import airworthy.mocks.incluster.Answer;
import airworthy.mocks.incluster.ClusterApi;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The pods of one node, as the API has them. */
record NodePods(ClusterApi api, String node) {

    record Key(String namespace, String name) {}

    Map<Key, JsonNode> read() throws IOException, InterruptedException {
        Answer answer = api.get("/api/v1/pods?fieldSelector=spec.nodeName%3D" + node);
        if (!answer.ok()) {
            throw new IOException("list pods of " + node + ": the API server answered " + answer.told());
        }
        Map<Key, JsonNode> pods = new HashMap<>();
        for (JsonNode pod : answer.body().path("items")) {
            pods.put(
                    new Key(
                            pod.at("/metadata/namespace").asText(),
                            pod.at("/metadata/name").asText()),
                    pod);
        }
        return pods;
    }

    static Map<String, String> labels(JsonNode pod) {
        Map<String, String> labels = new HashMap<>();
        pod.at("/metadata/labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }
}
