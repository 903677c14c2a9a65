package airworthy.mocks.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A platform at time scale 60 with somebody who listens for its notifications. Met through its public interfaces only. */
final class RunningPlatform implements AutoCloseable {

    static final Path CONFIG = Path.of("src/main/config");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final AddressBlock.Reservation reservation;
    private final SimulatedPlatform platform;
    private final HttpServer webhook;
    private final List<JsonNode> notifications = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();

    RunningPlatform(Path config, Path state) throws IOException {
        reservation = AddressBlock.reserveFirstFree();
        AddressBlock block = reservation.block();
        platform = SimulatedPlatform.start(new PlatformOptions(
                new ConfigDirectory(config), state, block, 60, 1, List.of(), Duration.ofSeconds(12)));
        webhook = HttpServer.create(new InetSocketAddress(block.harness(), 9911), 0);
        webhook.createContext("/", this::notified);
        webhook.start();
    }

    private void notified(HttpExchange exchange) throws IOException {
        try (exchange) {
            notifications.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(200, -1);
        }
    }

    /** Returns what was notified up to now, one entry an alert: {@code receiver status alertname pod-or-class}. */
    List<String> notified() {
        return notifications.stream()
                .flatMap(payload -> payload.path("alerts")
                        .valueStream()
                        .map(alert -> String.join(
                                " ",
                                payload.path("receiver").asText(),
                                alert.path("status").asText(),
                                alert.at("/labels/alertname").asText(),
                                alert.at("/labels/pod")
                                        .asText(alert.at("/labels/class").asText()))))
                .toList();
    }

    /** Asks for an answer as team-a does; returns the pod that gave it, or what went wrong. */
    String ask() throws IOException, InterruptedException {
        String key = Files.readString(platform.state().path().resolve("keys/team-a"));
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(at(AddressBlock.GATEWAY_PORT, "/v1/chat/completions"))
                        .header("Authorization", "Bearer " + key)
                        .POST(HttpRequest.BodyPublishers.ofString("""
                            {"model": "chat", "max_tokens": 25, "stream": true,
                             "messages": [{"role": "user", "content": "hello"}]}\
                            """))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return answer.body().endsWith("data: [DONE]\n\n")
                ? answer.headers().firstValue("x-inference-pod").orElse("no pod named")
                : "incomplete: " + answer.statusCode() + " " + answer.body();
    }

    void slow(String podIp, double factor) throws IOException, InterruptedException {
        pull(podIp + ":8000", "tokenDelayFactor", factor);
    }

    /** Takes a device off the bus, or puts it back. */
    void lose(String node, String device, boolean lost) throws IOException, InterruptedException {
        String driver = kubernetes("/api/v1/namespaces/gpu-system/pods?fieldSelector=spec.nodeName=" + node)
                .at("/items/0/status/podIP")
                .asText();
        pull(driver + ":9401", device + ".lost", lost ? 1 : 0);
    }

    private void pull(String authority, String lever, double position) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://" + authority + "/admin/levers/" + lever))
                        .PUT(HttpRequest.BodyPublishers.ofString("{\"value\": " + position + "}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("lever refused: " + answer.body());
        }
    }

    JsonNode kubernetes(String path) throws IOException, InterruptedException {
        return JSON.readTree(kubernetes("GET", path, "").body());
    }

    HttpResponse<String> kubernetes(String method, String path, String body) throws IOException, InterruptedException {
        Matcher token = Pattern.compile("token: (\\S+)")
                .matcher(Files.readString(platform.state().path().resolve("kubeconfig")));
        if (!token.find()) {
            throw new IOException("kubeconfig: found no token");
        }
        return http.send(
                HttpRequest.newBuilder(at(AddressBlock.API_PORT, path))
                        .header("Authorization", "Bearer " + token.group(1))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    JsonNode get(int port, String path) throws IOException, InterruptedException {
        return JSON.readTree(text(port, path));
    }

    String text(int port, String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(at(port, path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Evaluates an expression; returns its series. */
    JsonNode query(String expression) throws IOException, InterruptedException {
        return get(
                        AddressBlock.PROMETHEUS_PORT,
                        "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .at("/data/result");
    }

    Path state() {
        return platform.state().path();
    }

    private URI at(int port, String path) {
        return URI.create("http://" + reservation.block().controlPlane() + ":" + port + path);
    }

    @Override
    public void close() throws IOException {
        webhook.stop(0);
        platform.close();
        reservation.close();
    }

    /** Clients of team-a that ask again and again. */
    final class Traffic implements AutoCloseable {

        private static final int CLIENTS = 8;

        private final List<String> pods = new CopyOnWriteArrayList<>();
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private volatile boolean stopped;

        Traffic() {
            for (int i = 0; i < CLIENTS; i++) {
                threads.execute(this::askOn);
            }
        }

        private void askOn() {
            try {
                while (!stopped) {
                    pods.add(ask());
                }
            } catch (IOException e) {
                pods.add("failed: " + e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Returns who gave the last answers. */
        List<String> last(int count) {
            List<String> all = List.copyOf(pods);
            return all.subList(Math.max(0, all.size() - count), all.size());
        }

        List<String> all() {
            return List.copyOf(pods);
        }

        @Override
        public void close() {
            stopped = true;
            threads.close();
        }
    }
}
