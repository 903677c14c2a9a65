package airworthy.mocks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each expected answer is the one that a real API server, 1.36.3, gave to the same call. */
class AnswersTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MAPS = "/api/v1/namespaces/team-a/configmaps";
    private static final String MAP = """
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "parity", "labels": {"tier": "gold"}},
         "data": {"a": "1"}}\
        """;

    @ParameterizedTest
    @CsvSource({"/nothing", "/apis/nobody.example/v1/things", "/openapi/v9"})
    void aPathAtWhichNobodyListensIsAnsweredInPlainText(String path) throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            TestCluster.Answer answer = cluster.get(path);
            assertThat(answer.code()).isEqualTo(404);
            assertThat(answer.text()).isEqualTo("404 page not found\n");
        }
    }

    @ParameterizedTest
    @CsvSource({"/apis/apps/v1/things", "/apis/apps/v9/deployments", MAPS + "/parity/things"})
    void whatIsNotServedInAGroupThatIsServedIsAnsweredWithAStatus(String path) throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            assertThat(cluster.get(path).body()).isEqualTo(JSON.readTree("""
                    {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
                     "message": "the server could not find the requested resource", "reason": "NotFound",
                     "details": {}, "code": 404}"""));
        }
    }

    @Test
    void itemsOfAListDoNotNameTheirTypeButWatchedAndSingleObjectsDo() throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            cluster.post(MAPS, MAP);
            JsonNode list = cluster.get(MAPS + "?labelSelector=tier=gold").body();
            assertThat(list.path("kind").asText()).isEqualTo("ConfigMapList");
            assertThat(list.path("items")).singleElement().satisfies(item -> {
                assertThat(item.has("kind")).isFalse();
                assertThat(item.has("apiVersion")).isFalse();
                assertThat(item.at("/data/a").asText()).isEqualTo("1");
            });
            assertThat(cluster.get(MAPS + "/parity").body().path("kind").asText())
                    .isEqualTo("ConfigMap");
            String event = cluster.get(MAPS + "?watch=true&timeoutSeconds=1&labelSelector=tier=gold")
                    .text();
            assertThat(JSON.readTree(event).at("/object/kind").asText()).isEqualTo("ConfigMap");
            JsonNode deleted =
                    cluster.delete(MAPS + "?labelSelector=tier=gold", "").body();
            assertThat(deleted.path("items"))
                    .singleElement()
                    .satisfies(item -> assertThat(item.has("kind")).isFalse());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"op\": \"test\", \"path\": \"/data/a\", \"value\": \"9\"}",
                "{\"op\": \"remove\", \"path\": \"/data/none\"}",
                "{\"op\": \"sing\", \"path\": \"/data\"}"
            })
    void aJsonPatchThatCannotBeDoneIsNotExplained(String operation) throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            cluster.post(MAPS, MAP);
            TestCluster.Answer refused = cluster.patch(MAPS + "/parity", "json-patch", "[" + operation + "]");
            assertThat(refused.code()).isEqualTo(422);
            assertThat(refused.body().path("reason").asText()).isEqualTo("Invalid");
            assertThat(refused.message()).isEqualTo("the server rejected our request due to an error in our request");
        }
    }

    @Test
    void anUpdateTakesTheNamespaceThatItDoesNotNameFromItsPath() throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            cluster.post(MAPS, MAP);
            ObjectNode update = (ObjectNode) JSON.readTree(MAP);
            assertThat(cluster.put(MAPS + "/parity", update).code()).isEqualTo(200);
            update.withObject("/metadata").put("resourceVersion", "1");
            TestCluster.Answer old = cluster.put(MAPS + "/parity", update);
            assertThat(old.code()).isEqualTo(409);
            assertThat(old.message())
                    .isEqualTo("Operation cannot be fulfilled on configmaps \"parity\": the object has been modified;"
                            + " please apply your changes to the latest version and try again");
        }
    }

    @Test
    void anUpdateOfAnotherObjectThanItsPathNamesIsRefused() throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            cluster.post(MAPS, MAP);
            ObjectNode other = (ObjectNode) JSON.readTree(MAP.replace("parity", "other"));
            assertThat(cluster.put(MAPS + "/parity", other).message())
                    .isEqualTo("the name of the object (other) does not match the name on the URL (parity)");
            ObjectNode elsewhere = (ObjectNode) JSON.readTree(MAP);
            elsewhere.withObject("/metadata").put("namespace", "default");
            String wrongNamespace =
                    "the namespace of the provided object does not match the namespace sent on the request";
            assertThat(cluster.put(MAPS + "/parity", elsewhere).message()).isEqualTo(wrongNamespace);
            assertThat(cluster.post(MAPS, elsewhere.toString()).message()).isEqualTo(wrongNamespace);
        }
    }
}
