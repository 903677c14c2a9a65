package airworthy.mocks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.mocks.kubernetes.runtime.PodRuntime;
import airworthy.mocks.kubernetes.runtime.PodSandbox;
import airworthy.mocks.kubernetes.runtime.RunningPod;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PodProxyTest {
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final String POD = """
        apiVersion: v1
        kind: Pod
        metadata: {name: echo, namespace: default}
        spec: {containers: [{name: server, image: echo, ports: [{containerPort: 8000}]}]}
        """;

    /** Answers with what it was asked, and whether it was told who asks. */
    private static final PodRuntime ECHO = PodProxyTest::echo;

    private static RunningPod echo(PodSandbox pod) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(pod.ip(), 8000), 0);
        server.createContext("/", exchange -> {
            String told = exchange.getRequestHeaders().containsKey("Authorization") ? "known" : "unknown";
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] answer = "{\"asked\": \"%s %s\", \"body\": %s, \"asker\": \"%s\"}"
                    .formatted(
                            exchange.getRequestMethod(), exchange.getRequestURI(), body.isEmpty() ? "{}" : body, told)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/none") ? 404 : 200, 0);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        return new RunningPod() {
            @Override
            public boolean ready() {
                return true;
            }

            @Override
            public String log() {
                return "";
            }

            @Override
            public void close() {
                server.stop(0);
            }
        };
    }

    @Test
    void passesMethodPathBodyAndStatusOnButNotTheCredentials() throws IOException {
        try (TestCluster cluster = TestCluster.with(POD, ECHO)) {
            Awaitility.await()
                    .until(() -> cluster.get(PODS + "/echo:8000/proxy/").code() == 200);
            TestCluster.Answer put =
                    cluster.call("PUT", PODS + "/echo:8000/proxy/admin/levers/x", "{\"value\": 3}", "application/json");
            assertThat(put.body().path("asked").asText()).isEqualTo("PUT /admin/levers/x");
            assertThat(put.body().at("/body/value").asInt()).isEqualTo(3);
            assertThat(put.body().path("asker").asText()).isEqualTo("unknown");
            assertThat(cluster.get(PODS + "/echo:8000/proxy/none").code()).isEqualTo(404);
        }
    }

    @Test
    void saysWhyAPodCannotBeReached() throws IOException {
        try (TestCluster cluster = TestCluster.with(POD, ECHO)) {
            Awaitility.await()
                    .until(() -> cluster.get(PODS + "/echo:8000/proxy/").code() == 200);
            assertThat(cluster.get(PODS + "/nobody:8000/proxy/").message()).isEqualTo("pods \"nobody\" not found");
            TestCluster.Answer wrongPort = cluster.get(PODS + "/echo:8001/proxy/");
            assertThat(wrongPort.code()).isEqualTo(503);
            assertThat(wrongPort.message()).startsWith("error trying to reach service: dial tcp");
        }
    }

    @Test
    void refusesThePortOfAPodWithoutAnAddress() throws IOException {
        String nowhere = POD.replace("spec: {", "spec: {nodeSelector: {parity: nowhere}, ");
        try (TestCluster cluster = TestCluster.with(nowhere, ECHO)) {
            TestCluster.Answer answer = cluster.get(PODS + "/echo:8000/proxy/health");
            assertThat(answer.code()).isEqualTo(400);
            assertThat(answer.body().path("reason").asText()).isEqualTo("BadRequest");
            assertThat(answer.message()).isEqualTo("address not allowed");
        }
    }
}
