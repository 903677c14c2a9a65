package airworthy.mocks.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DevicesServerTest {

    private static final InetSocketAddress ANYWHERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final Accelerators node = Node.whole("");
    private final DevicesServer server;
    private final HttpClient http = HttpClient.newHttpClient();

    DevicesServerTest() throws IOException {
        server = DevicesServer.start(ANYWHERE, List.of(new NodeDevices(node, Attribution.none())));
    }

    @AfterEach
    void stop() {
        http.close();
        server.close();
    }

    @Test
    void tellsEveryLever() throws Exception {
        JsonNode all = json(get(server.uri(), "/admin/levers"));

        assertThat(all.size()).isEqualTo(1 + 8 * 3);
        assertThat(all.path("libraryVersion")).hasToString("\"550.163.1\"");
        assertThat(all.path("gpu-3.lost")).hasToString("0.0");
        assertThat(json(get(server.uri(), "/admin/levers/gpu-3.xid"))).hasToString("{\"value\":0.0}");
    }

    @Test
    void movesALeverAndShowsWhatFollows() throws Exception {
        HttpResponse<String> set = put("gpu-3.lost", "{\"value\": 1, \"expect\": 0}");

        assertThat(set.statusCode()).isEqualTo(200);
        assertThat(set.body()).isEqualTo("{\"value\":1.0}");
        assertThat(node.lost(node.devices().get(3))).isTrue();
        HttpResponse<String> metrics = get(server.uri(), "/metrics");
        assertThat(metrics.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(metrics.body()).containsPattern("DCGM_FI_DEV_XID_ERRORS\\{gpu=\"3\".*} 79\n");
    }

    @Test
    void installsAnotherLibraryAndTellsBothVersions() throws Exception {
        HttpResponse<String> set = put("libraryVersion", "{\"value\": \"570.195.3\", \"expect\": \"550.163.1\"}");

        assertThat(set.body()).isEqualTo("{\"value\":\"570.195.3\"}");
        assertThat(get(server.uri(), "/metrics").body())
                .contains("gpu_node_nvml_init_result{Hostname=\"gpu-1\",driver_version=\"550.163.1\","
                        + "library_version=\"570.195.3\"} 18\n")
                .as("what the running exporter reads")
                .contains("DCGM_FI_DEV_FB_FREE{gpu=\"3\"");
        assertThat(put("libraryVersion", "{\"value\": \"1.2.3\", \"expect\": \"1.0.0\"}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(put("libraryVersion", "{\"value\": \"new\"}").statusCode()).isEqualTo(400);
    }

    @Test
    void leavesALeverThatSomebodyElseMoved() throws Exception {
        put("gpu-3.xid", "{\"value\": 48}");

        HttpResponse<String> refused = put("gpu-3.xid", "{\"value\": 0, \"expect\": 79}");

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).isEqualTo("{\"value\":48.0}");
        assertThat(json(get(server.uri(), "/admin/levers/gpu-3.xid"))).hasToString("{\"value\":48.0}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        gpu-9.lost        | {"value": 1}              | 404 | lever: found gpu-9.lost, expected libraryVersion or <gpu>.<lever>
        gpu-3.heat        | {"value": 1}              | 404 | [lost, xid, memoryTaken]
        gpu-3.lost        | {"value": 2}              | 400 | gpu-3.lost: found 2.0, expected 0 or 1
        gpu-3.xid         | {"value": 48.5}           | 400 | gpu-3.xid: found 48.5, expected an XID
        gpu-3.memoryTaken | {"value": 1e12}           | 400 | whole bytes from 0 to the device's memory
        gpu-3.lost        | {"value": "1"}            | 400 | value: found "1", expected a number
        gpu-3.lost        | {"value": 1, "expect": []}| 400 | expect: found [], expected a number
        gpu-3.lost        | {}                        | 400 | value: found nothing, expected a number
        gpu-3.lost        | {"value"                  | 400 | expected a JSON object
        """)
    void tellsWhyItRefuses(String lever, String body, int status, String told) throws Exception {
        HttpResponse<String> refused = put(lever, body);

        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(json(refused).at("/error/message").asText()).contains(told);
        assertThat(json(refused).at("/error/code").asInt()).isEqualTo(status);
        assertThat(node.slices().generation()).isEqualTo(1);
    }

    @Test
    void severalNodesAreToldApartByPath() throws Exception {
        Accelerators other = Node.partitioned();
        try (DevicesServer two = DevicesServer.start(
                ANYWHERE,
                List.of(new NodeDevices(node, Attribution.none()), new NodeDevices(other, Attribution.none())))) {
            assertThat(get(two.uri(), "/admin/levers").statusCode()).isEqualTo(404);
            assertThat(json(get(two.uri(), "/nodes/any-node/admin/levers")).size())
                    .isEqualTo(1 + 3);
            assertThat(json(get(two.uri(), "/nodes/gpu-1/admin/levers")).size()).isEqualTo(25);
        }
    }

    @Test
    void anExporterHasNoLevers() throws Exception {
        List<NodeDevices> nodes = List.of(new NodeDevices(node, Attribution.none()));
        try (DevicesServer levers = DevicesServer.startLevers(ANYWHERE, nodes);
                DevicesServer metrics = DevicesServer.startMetrics(ANYWHERE, nodes)) {
            assertThat(get(metrics.uri(), "/admin/levers").statusCode()).isEqualTo(404);
            assertThat(get(metrics.uri(), "/metrics").statusCode()).isEqualTo(200);
            assertThat(get(levers.uri(), "/metrics").statusCode()).isEqualTo(404);
            assertThat(get(levers.uri(), "/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void namesAnAddressThatIsTaken() {
        InetSocketAddress taken = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), server.uri().getPort());

        assertThatThrownBy(() -> DevicesServer.start(taken, List.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("devices: cannot listen on")
                .hasMessageContaining(Integer.toString(taken.getPort()));
    }

    private HttpResponse<String> get(URI base, String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(base.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> put(String lever, String body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(server.uri().resolve("/admin/levers/" + lever))
                        .PUT(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return new ObjectMapper().readTree(response.body());
    }
}
