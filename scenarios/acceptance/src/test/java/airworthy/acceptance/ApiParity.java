package airworthy.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The same calls to two API servers, their answers side by side, field by field. */
final class ApiParity {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What no two servers have alike, what only says who wrote, and what controllers and not servers say, in their own
     * time and of their own nodes: conditions.
     */
    private static final Set<String> OWN = Set.of(
            "uid",
            "creationTimestamp",
            "resourceVersion",
            "managedFields",
            "deletionTimestamp",
            "generation",
            "conditions");

    private static final Pattern UID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** The version of an object, where a message tells it. */
    private static final Pattern IN_RECORD = Pattern.compile("(?<=in record \\()\\d+(?=\\))");

    /** Where etcd keeps an object, which some messages tell. */
    private static final Pattern IN_ETCD = Pattern.compile("StorageError: .*AdditionalErrorMsg: ");

    private static final String HOME = "/api/v1/namespaces/tenant-x/";
    private static final String MAPS = HOME + "configmaps";
    private static final String CLAIMS = "/apis/resource.k8s.io/v1/namespaces/tenant-x/resourceclaims";
    private static final String PODS = HOME + "pods";
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/tenant-x/deployments";
    private static final String MAP = """
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "parity", "labels": {"tier": "gold"}},
         "data": {"a": "1"}}\
        """;

    /**
     * Sends the pod nowhere, so that both servers keep it as it is; and asks for no token: the volume that a real server
     * adds for it has a name of its own in every pod, and no program here reads it, so the simulated one adds none.
     */
    private static final String POD = """
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "parity"},
         "spec": {"nodeSelector": {"parity": "nowhere"}, "automountServiceAccountToken": false,
                  "containers": [{"name": "pause", "image": "airworthy/pause:dev"}]}}\
        """;

    /** Everything that a server completes: images with and without a tag, ports, probes, sources, limits. */
    private static final String CONTAINERS = """
        {"automountServiceAccountToken": false, "serviceAccountName": "default",
         "volumes": [{"name": "maps", "configMap": {"name": "none"}}, {"name": "keys", "secret": {"secretName": "none"}}],
         "containers": [
          {"name": "a", "image": "pause", "ports": [{"containerPort": 80}],
           "env": [{"name": "N", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}],
           "resources": {"limits": {"cpu": "1", "memory": "1Gi"}},
           "readinessProbe": {"httpGet": {"port": 80}}},
          {"name": "b", "image": "host:5000/pause", "resources": {"limits": {"cpu": "%s", "memory": "1Gi"},
                                                                 "requests": {"cpu": "500m"}},
           "livenessProbe": {"tcpSocket": {"port": 80}, "timeoutSeconds": 3}},
          {"name": "c", "image": "pause:latest", "imagePullPolicy": "Never",
           "resources": {"limits": {"cpu": "2", "memory": "1Gi"}}}]}\
        """;

    private static final String EVICTION = """
        {"apiVersion": "policy/v1", "kind": "Eviction", "metadata": {"name": "parity", "namespace": "tenant-x"}}\
        """;

    private ApiParity() {}

    /** One call. */
    private record Call(String what, String method, String path, String type, String body) {
        static Call get(String what, String path) {
            return new Call(what, "GET", path, "application/json", "");
        }

        static Call post(String what, String path, String body) {
            return new Call(what, "POST", path, "application/json", body);
        }

        static Call put(String what, String path, String body) {
            return new Call(what, "PUT", path, "application/json", body);
        }

        static Call delete(String what, String path, String body) {
            return new Call(what, "DELETE", path, "application/json", body);
        }

        static Call merge(String what, String path, String body) {
            return new Call(what, "PATCH", path, "application/merge-patch+json", body);
        }

        static Call operations(String what, String path, String body) {
            return new Call(what, "PATCH", path, "application/json-patch+json", "[" + body + "]");
        }
    }

    private static List<Call> calls() {
        return Stream.of(paths(), objects(), deletions(), kinds(), claims(), completions(), pods())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Call> paths() {
        return List.of(
                Call.get("an object that is not there", MAPS + "/parity"),
                Call.get("a path that is not there", "/nothing"),
                Call.get("a group that is not there", "/apis/nobody.example/v1/things"),
                Call.get("a version that is not there", "/apis/apps/v9/deployments"),
                Call.get("a kind that is not there", "/apis/apps/v1/things"),
                Call.get("a part that is not there", MAPS + "/parity/things"));
    }

    private static List<Call> objects() {
        String map = MAPS + "/parity";
        String test = "{\"op\": \"test\", \"path\": \"/data/b\", \"value\": \"%s\"}";
        return List.of(
                Call.post("a dry run", MAPS + "?dryRun=All", MAP),
                Call.get("what a dry run left", map),
                Call.post("create", MAPS, MAP),
                Call.post("create again", MAPS, MAP),
                Call.post(
                        "create elsewhere", MAPS, MAP.replace("\"labels\"", "\"namespace\": \"default\", \"labels\"")),
                Call.get("get", map),
                Call.get("list by label", MAPS + "?labelSelector=tier%3Dgold"),
                Call.get("watch by label", MAPS + "?watch=true&timeoutSeconds=1&labelSelector=tier%3Dgold"),
                Call.merge("merge patch", map, "{\"data\": {\"b\": \"2\", \"a\": null}}"),
                Call.operations(
                        "JSON patch",
                        map,
                        test.formatted("2") + ", {\"op\": \"replace\", \"path\": \"/data/b\", \"value\": \"3\"}"),
                Call.operations("a JSON patch whose test fails", map, test.formatted("9")),
                Call.operations("a JSON patch of nothing", map, "{\"op\": \"remove\", \"path\": \"/data/none\"}"),
                Call.operations("a JSON patch of no kind", map, "{\"op\": \"sing\", \"path\": \"/data\"}"),
                Call.put(
                        "an update of an old version",
                        map,
                        MAP.replace("\"name\": \"parity\"", "\"name\": \"parity\", \"resourceVersion\": \"1\"")),
                Call.put("an update of another name", map, MAP.replace("parity", "other")),
                Call.put(
                        "an update of another namespace",
                        map,
                        MAP.replace("\"labels\"", "\"namespace\": \"default\", \"labels\"")),
                Call.put("an update of another uid", map, MAP.replace("\"labels\"", "\"uid\": \"other\", \"labels\"")),
                Call.put("an update", map, MAP));
    }

    private static List<Call> deletions() {
        String map = MAPS + "/parity";
        String held = MAP.replace("\"labels\"", "\"finalizers\": [\"airworthy.dev/parity\"], \"labels\"");
        return List.of(
                Call.delete("delete of another uid", map, "{\"preconditions\": {\"uid\": \"other\"}}"),
                Call.delete("delete of another version", map, "{\"preconditions\": {\"resourceVersion\": \"1\"}}"),
                Call.delete("delete as a dry run", map + "?dryRun=All", ""),
                Call.delete("delete as a dry run, as the body says", map, "{\"dryRun\": [\"All\"]}"),
                Call.delete("delete", map, ""),
                Call.delete("delete again", map, ""),
                Call.post("an object to be deleted by its label", MAPS, MAP),
                Call.delete("delete by label", MAPS + "?labelSelector=tier%3Dgold", ""),
                Call.post("an object that is held", MAPS, held),
                Call.delete("delete of an object that is held", map, ""),
                Call.merge("its release", map, "{\"metadata\": {\"finalizers\": null}}"),
                Call.get("what is left of it", map),
                Call.post("an object for a dry run with a body", MAPS, MAP),
                Call.delete("delete with a body, the dry run beside it", map + "?dryRun=All", "{}"),
                Call.get("what that left", map));
    }

    /** Each kind created and deleted: some deletions answer with the object, others with a Status. */
    private static List<Call> kinds() {
        return Stream.of(
                        made(HOME + "secrets", "v1", "Secret", "\"data\": {\"a\": \"MQ==\"}"),
                        made(
                                HOME + "services",
                                "v1",
                                "Service",
                                "\"spec\": {\"clusterIP\": \"None\", \"selector\": {\"app\": \"parity\"},"
                                        + " \"ports\": [{\"port\": 80}]}"),
                        made(HOME + "serviceaccounts", "v1", "ServiceAccount", "\"metadata\": {\"name\": \"parity\"}"),
                        made(DEPLOYMENTS, "apps/v1", "Deployment", workload(0, "{\"containers\": [" + PAUSE + "]}")),
                        made(
                                DEPLOYMENTS.replace("deployments", "replicasets"),
                                "apps/v1",
                                "ReplicaSet",
                                workload(0, "{\"containers\": [" + PAUSE + "]}")),
                        made(
                                "/apis/discovery.k8s.io/v1/namespaces/tenant-x/endpointslices",
                                "discovery.k8s.io/v1",
                                "EndpointSlice",
                                "\"addressType\": \"IPv4\", \"endpoints\": [{\"addresses\": [\"10.9.9.9\"]}], \"ports\": [{\"name\": \"http\", \"port\": 80, \"protocol\": \"TCP\"}]"),
                        made(
                                CLAIMS.replace("claims", "claimtemplates"),
                                "resource.k8s.io/v1",
                                "ResourceClaimTemplate",
                                "\"spec\": {\"spec\": {\"devices\": {\"requests\": [{\"name\": \"gpu\","
                                        + " \"exactly\": {\"deviceClassName\": \"gpu.nvidia.com\"}}]}}}"),
                        made(
                                "/apis/policy/v1/namespaces/tenant-x/poddisruptionbudgets",
                                "policy/v1",
                                "PodDisruptionBudget",
                                "\"spec\": {\"minAvailable\": 1, \"selector\": {\"matchLabels\": {\"app\": \"nobody\"}}}"),
                        made(
                                "/apis/resource.k8s.io/v1/deviceclasses",
                                "resource.k8s.io/v1",
                                "DeviceClass",
                                "\"spec\": {\"selectors\": [{\"cel\": {\"expression\": \"false\"}}]}"),
                        made(
                                "/apis/scheduling.k8s.io/v1/priorityclasses",
                                "scheduling.k8s.io/v1",
                                "PriorityClass",
                                "\"value\": 7"))
                .flatMap(List::stream)
                .toList();
    }

    private static final String PAUSE = "{\"name\": \"pause\", \"image\": \"airworthy/pause:dev\"}";

    private static List<Call> made(String path, String version, String kind, String rest) {
        String body = """
            {"apiVersion": "%s", "kind": "%s", "metadata": {"name": "parity"}, %s}\
            """.formatted(version, kind, rest);
        return List.of(Call.post("a " + kind, path, body), Call.delete("the " + kind + "'s end", path + "/parity", ""));
    }

    private static String workload(int replicas, String pod) {
        return """
            "spec": {"replicas": %d, "selector": {"matchLabels": {"app": "parity"}},
                     "template": {"metadata": {"labels": {"app": "parity"}}, "spec": %s}}\
            """.formatted(replicas, pod);
    }

    private static List<Call> claims() {
        return List.of(
                Call.post("a claim", CLAIMS, claim("parity-1", 2)),
                Call.post("a claim above the quota", CLAIMS, claim("parity-2", 1)),
                Call.post("a claim above the quota, as a dry run", CLAIMS + "?dryRun=All", claim("parity-2", 1)),
                Call.delete("the claim's end", CLAIMS + "/parity-1", ""),
                Call.post("an object of a namespace that is not there", "/api/v1/namespaces/nowhere/configmaps", MAP));
    }

    /** What a server adds to pods and to templates of pods. */
    private static List<Call> completions() {
        String pod = "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \"parity\"}, \"spec\": %s}";
        String patient = "{\"tolerations\": [{\"key\": \"node.kubernetes.io/not-ready\", \"operator\": \"Exists\"}],"
                + " \"automountServiceAccountToken\": false, \"containers\": [" + PAUSE + "]}";
        return List.of(
                Call.post("a pod with requests", PODS + "?dryRun=All", pod.formatted(CONTAINERS.formatted("1"))),
                Call.post("a pod with limits alone", PODS + "?dryRun=All", pod.formatted(CONTAINERS.formatted("500m"))),
                Call.post("a pod that tolerates", PODS + "?dryRun=All", pod.formatted(patient)),
                Call.post(
                        "a template",
                        DEPLOYMENTS + "?dryRun=All",
                        "{\"apiVersion\": \"apps/v1\", \"kind\": \"Deployment\", \"metadata\": {\"name\": \"parity\"}, "
                                + workload(1, CONTAINERS.formatted("1")) + "}"));
    }

    private static List<Call> pods() {
        String eviction = PODS + "/parity/eviction";
        return List.of(
                Call.post("a pod", PODS, POD),
                Call.get("a port of a pod without an address", PODS + "/parity:8000/proxy/health"),
                Call.get("an eviction to look at", eviction),
                Call.post("an eviction as a dry run", eviction + "?dryRun=All", EVICTION),
                Call.post(
                        "an eviction as a dry run, as the body says",
                        eviction,
                        EVICTION.replace("\"metadata\"", "\"deleteOptions\": {\"dryRun\": [\"All\"]}, \"metadata\"")),
                Call.post("an eviction of another name", eviction, EVICTION.replace("parity", "other")),
                Call.get("what dry runs left", PODS + "/parity"),
                Call.delete("delete of a pod as a dry run", PODS + "/parity?dryRun=All", ""),
                Call.post("an eviction", eviction, EVICTION),
                Call.get("what the eviction left", PODS + "/parity"),
                Call.post("an eviction of nobody", PODS + "/nobody/eviction", EVICTION.replace("parity", "nobody")),
                Call.post("a pod again", PODS, POD),
                Call.delete("delete of a pod", PODS + "/parity", ""));
    }

    private static String claim(String name, int count) {
        return """
            {"apiVersion": "resource.k8s.io/v1", "kind": "ResourceClaim", "metadata": {"name": "%s"},
             "spec": {"devices": {"requests": [{"name": "gpu", "exactly":
               {"deviceClassName": "gpu.nvidia.com", "allocationMode": "ExactCount", "count": %d}}]}}}\
            """.formatted(name, count);
    }

    /** What the two disagree about, by call and field; what both say alike is left out. */
    static Map<String, String> differences(Path simulated, Path real)
            throws IOException, InterruptedException, GeneralSecurityException {
        Map<String, String> found = new LinkedHashMap<>();
        try (Server one = Server.of(simulated);
                Server other = Server.of(real)) {
            for (Call call : calls()) {
                SortedMap<String, String> ours = one.answer(call);
                SortedMap<String, String> theirs = other.answer(call);
                SortedMap<String, String> all = new TreeMap<>(ours);
                all.putAll(theirs);
                for (String field : all.keySet()) {
                    String mine = ours.getOrDefault(field, "nothing");
                    String its = theirs.getOrDefault(field, "nothing");
                    if (!mine.equals(its)) {
                        found.put(call.what() + " " + field, "simulated " + mine + ", real " + its);
                    }
                }
            }
        }
        return found;
    }

    /** How many calls are compared. */
    static int size() {
        return calls().size();
    }

    private record Server(URI origin, Map<String, String> headers, HttpClient http) implements AutoCloseable {
        static Server of(Path kubeconfig) throws IOException, GeneralSecurityException {
            Config config = Config.fromKubeconfig(Files.readString(kubeconfig));
            URI server = URI.create(config.getMasterUrl().replaceFirst("//[^@/]*@", "//"));
            String token = config.getOauthToken() == null ? config.getAutoOAuthToken() : config.getOauthToken();
            Map<String, String> headers = token == null ? Map.of() : Map.of("Authorization", "Bearer " + token);
            HttpClient http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(SSLUtils.sslContext(config))
                    .build();
            return new Server(server, headers, http);
        }

        SortedMap<String, String> answer(Call call) throws IOException, InterruptedException {
            HttpRequest.Builder request = HttpRequest.newBuilder(origin.resolve(call.path()))
                    .header("Content-Type", call.type())
                    .header("Accept", "application/json")
                    .method(
                            call.method(),
                            call.body().isEmpty()
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(call.body()));
            headers.forEach(request::header);
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            SortedMap<String, String> fields = new TreeMap<>();
            fields.put("status", Integer.toString(answer.statusCode()));
            String body = answer.body().strip();
            if (body.startsWith("{")) {
                flatten("", JSON.readTree(body), fields);
            } else {
                fields.put("body", body);
            }
            return fields;
        }

        private static String likened(String value) {
            String withoutUid = UID.matcher(value).replaceAll("<uid>");
            String withoutVersion = IN_RECORD.matcher(withoutUid).replaceAll("<version>");
            return IN_ETCD.matcher(withoutVersion).replaceAll("");
        }

        private static void flatten(String path, JsonNode node, Map<String, String> fields) {
            if (node instanceof ObjectNode object) {
                object.properties().stream()
                        .filter(field -> !OWN.contains(field.getKey()))
                        .forEach(field -> flatten(path + "/" + field.getKey(), field.getValue(), fields));
            } else if (node.isArray()) {
                List<JsonNode> items = new ArrayList<>();
                node.forEach(items::add);
                for (int i = 0; i < items.size(); i++) {
                    flatten(path + "/" + i, items.get(i), fields);
                }
            } else {
                fields.put(path, likened(node.toString()));
            }
        }

        @Override
        public void close() {
            http.close();
        }
    }
}
