package airworthy.probes.inference;

import static airworthy.probes.stub.Readings.absent;
import static airworthy.probes.stub.Readings.present;
import static airworthy.probes.stub.Readings.unreadable;
import static org.assertj.core.api.Assertions.assertThat;

import airworthy.probes.Reading;
import airworthy.probes.http.HttpCaller;
import airworthy.probes.http.HttpReads;
import airworthy.probes.prometheus.PrometheusProbe;
import airworthy.probes.stub.Callers;
import airworthy.probes.stub.StubServer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenCostProbeTest {
    private final Map<String, String> figures = new LinkedHashMap<>();
    private final StubServer server = new StubServer();
    private final HttpCaller caller = Callers.patient();
    private final TokenCostProbe costs = new TokenCostProbe(new PrometheusProbe(server.base(), new HttpReads(caller)));

    @AfterEach
    void close() {
        caller.close();
        server.close();
    }

    @Test
    void processorTimeIsDividedByTokensOfTheShortestWindowWithEnoughOfThem() throws Exception {
        figures.put("vllm:inter_token_latency_seconds_count{namespace=\"team-a\",pod=\"chat-0\"}[60000ms]", "12");
        figures.put("vllm:inter_token_latency_seconds_count{namespace=\"team-a\",pod=\"chat-0\"}[300000ms]", "1000");
        figures.put(
                "container_cpu_usage_seconds_total{namespace=\"team-a\",pod=\"chat-0\",container=\"engine\"}[300000ms]",
                "8");
        figures.put("histogram_quantile(0.5", "0.02");

        TokenCost cost = present(ask());

        assertThat(cost.processor()).isEqualTo(Duration.ofMillis(8));
        assertThat(cost.gap()).isEqualTo(Duration.ofMillis(20));
        assertThat(cost.told()).contains("8.0 s of container_cpu_usage_seconds_total for 1000 tokens");
    }

    @Test
    void whereTheKubeletIsNotScrapedTheEnginesOwnFigureIsTaken() throws Exception {
        figures.put("vllm:inter_token_latency_seconds_count", "1000");
        figures.put("process_cpu_seconds_total{namespace=\"team-a\",pod=\"chat-0\"}[60000ms]", "2");
        figures.put("histogram_quantile(0.5", "0.02");

        assertThat(present(ask()).processor()).isEqualTo(Duration.ofMillis(2));
    }

    @Test
    void aReplicaThatNobodyAskedHasNoCost() throws Exception {
        figures.put("vllm:inter_token_latency_seconds_count", "499");

        assertThat(absent(ask())).contains("pod team-a/chat-0", "fewer than 500 tokens", "24 h");
    }

    @Test
    void withoutAnySeriesOfProcessorTimeNothingIsGuessed() throws Exception {
        figures.put("vllm:inter_token_latency_seconds_count", "1000");

        assertThat(absent(ask()))
                .contains("neither container_cpu_usage_seconds_total", "nor process_cpu_seconds_total");
    }

    @Test
    void aPrometheusThatCannotBeReadIsTold() throws Exception {
        server.answer("/api/v1/query", 503, "starting");

        assertThat(unreadable(costs.of("team-a", "chat-0", "engine"))).contains("503");
    }

    private Reading<TokenCost> ask() throws InterruptedException {
        server.handle("/api/v1/query", exchange -> {
            String query = exchange.getRequestURI().getQuery().substring("query=".length());
            String series = figures.entrySet().stream()
                    .filter(figure -> query.contains(figure.getKey()))
                    .map(figure -> "{\"metric\":{},\"value\":[1,\"" + figure.getValue() + "\"]}")
                    .findFirst()
                    .orElse("");
            StubServer.reply(
                    exchange,
                    200,
                    "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[" + series + "]}}");
        });
        return costs.of("team-a", "chat-0", "engine");
    }
}
