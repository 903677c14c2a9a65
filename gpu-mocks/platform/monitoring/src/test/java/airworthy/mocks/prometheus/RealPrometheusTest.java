package airworthy.mocks.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import airworthy.mocks.monitoring.ConfigFile;
import airworthy.mocks.promql.Evaluator;
import airworthy.mocks.promql.Labels;
import airworthy.mocks.promql.Sample;
import airworthy.mocks.promql.Value;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Every rule of the platform, over the same series, by a real Prometheus server and by ours. */
@EnabledIf(value = "serverIsHere", disabledReason = "not proven: no prometheus and promtool here to compare with")
class RealPrometheusTest {
    private static final Path RULES = Path.of("../server/src/main/config/rules.yml");
    private static final Duration SCRAPE = Duration.ofSeconds(15);
    private static final int SCRAPES = 60;
    private static final List<String> BOUNDS = List.of("0.01", "0.025", "0.05", "0.1", "0.25", "+Inf");

    private final ObjectMapper json = new ObjectMapper();

    /** One point of one series. */
    private record Point(Labels labels, Instant at, double value) {}

    static boolean serverIsHere() {
        for (String program : List.of("prometheus", "promtool")) {
            boolean here = false;
            for (String folder : String.valueOf(System.getenv("PATH")).split(":", -1)) {
                here |= Files.isExecutable(Path.of(folder, program));
            }
            if (!here) {
                System.out.println("not proven: that our rules give the same in a real Prometheus: no " + program);
                return false;
            }
        }
        return true;
    }

    @Test
    void everyRuleGivesTheSameSamples(@TempDir Path folder) throws Exception {
        Instant end = Instant.ofEpochSecond(Instant.now().getEpochSecond() / 60 * 60);
        List<Point> points = points(end);
        MemoryStore store = new MemoryStore(Duration.ofHours(2));
        points.forEach(point -> store.append(point.labels(), point.at().toEpochMilli(), point.value()));
        Evaluator ours = new Evaluator(store, Duration.ofMinutes(5));
        List<Rule> rules = RuleReader.read(new ConfigFile("rules.yml", Files.readString(RULES)), SCRAPE).stream()
                .flatMap(group -> group.rules().stream())
                .toList();
        int compared = 0;
        try (Server server = Server.start(folder, points)) {
            for (Rule rule : rules) {
                for (int back = 0; back < 12; back++) {
                    // Between scrapes as well as at them.
                    Instant at = end.minus(SCRAPE.multipliedBy(4L * back)).plusMillis(731L * back);
                    Map<Labels, Double> theirs = server.query(rule.query(), at, json);
                    Map<Labels, Double> mine = ours(ours, rule, at);
                    assertThat(mine.keySet()).as("%s at %s", rule.name(), at).isEqualTo(theirs.keySet());
                    mine.forEach((labels, value) -> assertThat(value)
                            .as("%s%s at %s", rule.name(), labels, at)
                            .isCloseTo(theirs.getOrDefault(labels, Double.NaN), within(1e-9)));
                    compared += mine.size();
                }
            }
        }
        assertThat(compared).as("samples that were compared").isGreaterThan(rules.size());
    }

    private static Map<Labels, Double> ours(Evaluator evaluator, Rule rule, Instant at) {
        Map<Labels, Double> samples = new TreeMap<>(Comparator.comparing(Labels::toString));
        if (evaluator.evaluate(rule.expr(), at.toEpochMilli()) instanceof Value.Vector(List<Sample> found)) {
            found.forEach(sample -> samples.put(sample.labels(), sample.value()));
        }
        return samples;
    }

    /** What the platform's parts would have exposed: one slow replica, one tenant at its quota, one lost device. */
    private static List<Point> points(Instant end) {
        List<Point> points = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(7);
        for (String pod : List.of("chat-a", "chat-b", "chat-c")) {
            double[] counts = new double[BOUNDS.size()];
            for (int scrape = SCRAPES; scrape >= 0; scrape--) {
                Instant at = end.minus(SCRAPE.multipliedBy(scrape));
                boolean slow = pod.equals("chat-b") && scrape < 30;
                for (int bound = slow ? 4 : 1; bound < counts.length; bound++) {
                    counts[bound] += random.nextInt(1, 40);
                }
                double sum = 0;
                for (int bound = 0; bound < counts.length; bound++) {
                    sum += counts[bound];
                    points.add(point(
                            at,
                            sum,
                            "vllm:inter_token_latency_seconds_bucket",
                            Map.of(
                                    "le", BOUNDS.get(bound),
                                    "namespace", "team-a",
                                    "workload", "chat",
                                    "pod", pod,
                                    "node", "gpu-1",
                                    "model_name", "chat",
                                    "owner", "chat-models")));
                }
            }
        }
        String devices = "gpu.nvidia.com.deviceclass.resource.k8s.io/devices";
        for (int scrape = SCRAPES; scrape >= 0; scrape--) {
            Instant at = end.minus(SCRAPE.multipliedBy(scrape));
            for (String tenant : List.of("tenant-x", "tenant-y")) {
                Map<String, String> quota =
                        Map.of("namespace", tenant, "resourcequota", "accelerators", "resource", devices);
                double used = tenant.equals("tenant-x") && scrape < 20 ? 2 : 1;
                points.add(point(at, used, "kube_resourcequota", with(quota, "type", "used")));
                points.add(point(at, 2, "kube_resourcequota", with(quota, "type", "hard")));
                points.add(point(
                        at, 1, "kube_namespace_labels", Map.of("namespace", tenant, "label_owner", tenant + "-apps")));
            }
            for (String device : List.of("gpu-0", "gpu-1")) {
                boolean lost = device.equals("gpu-1") && scrape < 10;
                Map<String, String> labels = Map.of("node", "gpu-1", "device", device, "Hostname", "gpu-1");
                Map<String, String> held =
                        with(with(with(labels, "namespace", "team-a"), "workload", "chat"), "pod", "chat-" + device);
                points.add(point(at, lost ? 79 : 0, "DCGM_FI_DEV_XID_ERRORS", lost ? labels : held));
                points.add(point(
                        at,
                        0,
                        "accelerator:holder:last",
                        Map.of(
                                "node", "gpu-1",
                                "device", device,
                                "namespace", "team-a",
                                "workload", "chat",
                                "pod", "chat-" + device)));
            }
        }
        return points;
    }

    private static Map<String, String> with(Map<String, String> labels, String name, String value) {
        Map<String, String> more = new TreeMap<>(labels);
        more.put(name, value);
        return more;
    }

    private static Point point(Instant at, double value, String metric, Map<String, String> labels) {
        return new Point(Labels.of(with(labels, Labels.NAME, metric)), at, value);
    }

    /** A server over these points and no others. */
    private record Server(Process process, URI uri, HttpClient http) implements AutoCloseable {

        static Server start(Path folder, List<Point> points) throws IOException, InterruptedException {
            Path text = Files.writeString(folder.resolve("series.txt"), openMetrics(points));
            Path data = folder.resolve("data");
            run(folder, "promtool", "tsdb", "create-blocks-from", "openmetrics", text.toString(), data.toString());
            Path config = Files.writeString(folder.resolve("prometheus.yml"), "global: {}\n");
            int port;
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            Process process = new ProcessBuilder(
                            "prometheus",
                            "--config.file=" + config,
                            "--storage.tsdb.path=" + data,
                            "--web.listen-address=127.0.0.1:" + port)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("prometheus.log").toFile())
                    .start();
            Server server = new Server(process, URI.create("http://127.0.0.1:" + port), HttpClient.newHttpClient());
            await("prometheus is ready")
                    .atMost(Duration.ofSeconds(60))
                    .failFast("prometheus ended", () -> !process.isAlive())
                    .ignoreExceptions()
                    .until(() -> server.get("/-/ready").statusCode() == 200);
            return server;
        }

        private static void run(Path folder, String... command) throws IOException, InterruptedException {
            Path log = folder.resolve(command[0] + ".log");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        }

        /** OpenMetrics wants the samples of a metric together and those of a series in order. */
        private static String openMetrics(List<Point> points) {
            Map<String, StringBuilder> series = new TreeMap<>();
            for (Point point : points) {
                String name = point.labels().get(Labels.NAME);
                List<String> pairs = new ArrayList<>();
                point.labels().values().forEach((label, value) -> {
                    if (!label.equals(Labels.NAME)) {
                        pairs.add(label + "=\"" + value + "\"");
                    }
                });
                String key = name + "{" + String.join(",", pairs) + "}";
                series.computeIfAbsent(key, _ -> new StringBuilder())
                        .append(key)
                        .append(' ')
                        .append(point.value())
                        .append(' ')
                        .append(point.at().toEpochMilli() / 1000.0)
                        .append('\n');
            }
            return String.join("", series.values()) + "# EOF\n";
        }

        Map<Labels, Double> query(String expression, Instant at, ObjectMapper json)
                throws IOException, InterruptedException {
            HttpResponse<String> answer = get("/api/v1/query?time=" + at.toEpochMilli() / 1000.0 + "&query="
                    + URLEncoder.encode(expression, StandardCharsets.UTF_8));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            Map<Labels, Double> samples = new TreeMap<>(Comparator.comparing(Labels::toString));
            for (JsonNode result : json.readTree(answer.body()).at("/data/result")) {
                Map<String, String> labels = new TreeMap<>();
                result.path("metric")
                        .properties()
                        .forEach(label ->
                                labels.put(label.getKey(), label.getValue().asText()));
                samples.put(Labels.of(labels), result.at("/value/1").asDouble());
            }
            return samples;
        }

        private HttpResponse<String> get(String path) throws IOException, InterruptedException {
            return http.send(HttpRequest.newBuilder(uri.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        }

        @Override
        public void close() {
            process.destroy();
            http.close();
        }
    }
}
