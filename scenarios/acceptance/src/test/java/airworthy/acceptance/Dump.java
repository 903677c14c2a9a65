package airworthy.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Every object that the Kubernetes API serves, found by discovery, and every lever of every model server. What moves by
 * itself is left out: resource versions, field managers, heartbeats, events.
 *
 * @param fields each leaf's JSON text by object and pointer
 */
record Dump(SortedMap<String, String> fields) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Kinds that only tell what happened. */
    private static final Set<String> TALES = Set.of("Event");

    private static final Set<String> MOVING =
            Set.of("resourceVersion", "managedFields", "lastHeartbeatTime", "lastUpdateTime", "renewTime");

    private static final int MODEL_SERVER_PORT = 8000;

    static Dump of(Path kubeconfig) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            Reader reader = Reader.of(http, kubeconfig);
            SortedMap<String, String> fields = new TreeMap<>();
            for (String groupVersion : reader.groupVersions()) {
                for (JsonNode resource : reader.get(groupVersion).path("resources")) {
                    if (listed(resource)) {
                        String path = groupVersion + "/" + resource.path("name").asText();
                        for (JsonNode item : reader.get(path).path("items")) {
                            JsonNode metadata = item.path("metadata");
                            String name =
                                    path + " " + metadata.path("namespace").asText() + "/"
                                            + metadata.path("name").asText();
                            flatten(name, item, fields);
                        }
                    }
                }
            }
            for (JsonNode pod : reader.get("/api/v1/pods").path("items")) {
                if (modelServer(pod)) {
                    String levers = "http://" + pod.path("status").path("podIP").asText() + ":" + MODEL_SERVER_PORT
                            + "/admin/levers";
                    flatten(levers, reader.ask(URI.create(levers)), fields);
                }
            }
            return new Dump(fields);
        }
    }

    private static boolean listed(JsonNode resource) {
        boolean list = false;
        for (JsonNode verb : resource.path("verbs")) {
            list |= verb.asText().equals("list");
        }
        return list && !TALES.contains(resource.path("kind").asText());
    }

    private static boolean modelServer(JsonNode pod) {
        for (JsonNode container : pod.path("spec").path("containers")) {
            for (JsonNode port : container.path("ports")) {
                if (port.path("containerPort").asInt() == MODEL_SERVER_PORT) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void flatten(String path, JsonNode node, Map<String, String> fields) {
        if (node instanceof ObjectNode object && !object.isEmpty()) {
            object.properties().stream()
                    .filter(field -> !MOVING.contains(field.getKey()))
                    .forEach(field -> flatten(path + "/" + field.getKey(), field.getValue(), fields));
        } else if (node.isArray() && !node.isEmpty()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(path + "/" + i, node.get(i), fields);
            }
        } else {
            fields.put(path, node.toString());
        }
    }

    /** Asks one API server as the user of a kubeconfig. */
    private record Reader(HttpClient http, URI server, String token) {
        static Reader of(HttpClient http, Path kubeconfig) throws IOException {
            JsonNode config = new YAMLMapper().readTree(kubeconfig.toFile());
            URI server =
                    URI.create(config.at("/clusters/0/cluster/server").asText().replaceFirst("//[^@/]*@", "//"));
            return new Reader(http, server, config.at("/users/0/user/token").asText());
        }

        List<String> groupVersions() throws IOException, InterruptedException {
            List<String> found = new ArrayList<>(List.of("/api/v1"));
            for (JsonNode group : get("/apis").path("groups")) {
                for (JsonNode version : group.path("versions")) {
                    found.add("/apis/" + version.path("groupVersion").asText());
                }
            }
            return found;
        }

        JsonNode get(String path) throws IOException, InterruptedException {
            return ask(server.resolve(path));
        }

        JsonNode ask(URI uri) throws IOException, InterruptedException {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(uri)
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException("GET " + uri + ": " + answer.statusCode() + ", " + answer.body());
            }
            return JSON.readTree(answer.body());
        }
    }
}
