package airworthy.mocks.incluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterApiTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path account;

    ClusterApiTest(@TempDir Path account) {
        this.account = account;
    }

    @Test
    void speaksAsTheServiceAccountAndNoticesANewToken() throws Exception {
        HttpServer server = secured("127.0.0.1");
        Files.writeString(account.resolve("token"), "first\n");
        try (ClusterApi api = ClusterApi.inPod(environment(server), account)) {
            assertThat(api.get("/api").body().path("authorization").asText()).isEqualTo("Bearer first");

            Files.writeString(account.resolve("token"), "second\n");

            assertThat(api.get("/api").body().path("authorization").asText()).isEqualTo("Bearer second");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void trustsNobodyButTheClustersAuthority() throws Exception {
        HttpServer server = secured("127.0.0.1");
        HttpServer stranger = secured("127.0.0.1");
        Files.writeString(account.resolve("token"), "t");
        try (ClusterApi api = ClusterApi.inPod(environment(server), account)) {
            assertThatThrownBy(() -> api.get("/api"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("GET https://127.0.0.1:")
                    .hasMessageContaining("SSLHandshakeException");
        } finally {
            server.stop(0);
            stranger.stop(0);
        }
    }

    @Test
    void sendsBodiesAndTellsRefusals() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        echo(server);
        server.start();
        URI uri = URI.create("http://localhost:" + server.getAddress().getPort());
        try (ClusterApi api = ClusterApi.open(uri)) {
            var body = JsonNodeFactory.instance.objectNode().put("a", 1);

            assertThat(api.post("/x", body).body())
                    .hasToString("{\"method\":\"POST\",\"authorization\":\"\",\"body\":{\"a\":1}}");
            assertThat(api.put("/x", body).body().path("method").asText()).isEqualTo("PUT");
            assertThat(api.delete("/x", body).body().at("/body/a").asInt()).isEqualTo(1);
            assertThat(api.delete("/x").body().path("method").asText()).isEqualTo("DELETE");
            Answer refused = api.get("/refused");
            assertThat(refused.ok()).isFalse();
            assertThat(refused.told()).isEqualTo("403 not yours");
            assertThat(api.get("/page").body().asText()).isEqualTo("<html>");
            assertThat(api.get("/empty").body().isMissingNode()).isTrue();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void saysWhatIsMissingOutsideAPod() {
        assertThatThrownBy(() -> ClusterApi.inPod(Map.of(), account))
                .hasMessage("KUBERNETES_SERVICE_HOST is not set; it is in every pod, so this process runs in none");
        assertThatThrownBy(() -> ClusterApi.inPod(
                        Map.of("KUBERNETES_SERVICE_HOST", "::1", "KUBERNETES_SERVICE_PORT", "1"), account))
                .hasMessageContaining("ca.crt")
                .hasMessageContaining("service account");
    }

    private Map<String, String> environment(HttpServer server) {
        return Map.of(
                "KUBERNETES_SERVICE_HOST",
                "127.0.0.1",
                "KUBERNETES_SERVICE_PORT",
                Integer.toString(server.getAddress().getPort()));
    }

    /** Starts a server with a certificate of its own, which becomes the account's authority. */
    private HttpServer secured(String address) throws Exception {
        Path keys = Files.createTempFile(account, "keys", ".p12");
        Files.delete(keys);
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "api",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=api",
                        "-ext",
                        "san=ip:" + address,
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        keys.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor(50, TimeUnit.SECONDS)).isTrue();
        KeyStore store = KeyStore.getInstance(keys.toFile(), PASSWORD);
        String pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(store.getCertificate("api").getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        Files.writeString(account.resolve("ca.crt"), pem);
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        echo(server);
        server.start();
        return server;
    }

    private static void echo(HttpServer server) {
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String reply = "{\"method\":\"%s\",\"authorization\":\"%s\",\"body\":%s}"
                    .formatted(
                            exchange.getRequestMethod(),
                            Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                                    .orElse(""),
                            body.isEmpty() ? "null" : body);
            respond(exchange, 200, reply);
        });
        server.createContext("/refused", exchange -> respond(exchange, 403, "{\"message\":\"not yours\"}"));
        server.createContext("/page", exchange -> respond(exchange, 502, "<html>"));
        server.createContext("/empty", exchange -> respond(exchange, 200, ""));
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
