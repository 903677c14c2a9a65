package airworthy.probes.inference;

import static airworthy.probes.stub.Readings.absent;
import static airworthy.probes.stub.Readings.present;
import static airworthy.probes.stub.Readings.unreadable;
import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.WorkloadRef;
import airworthy.probes.http.HttpCaller;
import airworthy.probes.http.HttpReads;
import airworthy.probes.prometheus.PrometheusProbe;
import airworthy.probes.stub.Callers;
import airworthy.probes.stub.StubServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenLatencySignalTest {
    private static final WorkloadRef CHAT = WorkloadRef.parse("team-a/deployment/chat");
    private static final Duration SCRAPE = Duration.ofSeconds(15);

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final StubServer server = new StubServer();
    private final HttpCaller caller = Callers.patient();
    private final TokenLatencySignal signal =
            new TokenLatencySignal(new PrometheusProbe(server.base(), new HttpReads(caller)));

    @AfterEach
    void close() {
        caller.close();
        server.close();
    }

    @Test
    void dividesTheRatesOfSumAndCountOverFourScrapes() throws Exception {
        exports("vllm:inter_token_latency_seconds", "chat-0", "0.004");

        assertThat(present(signal.perReplica(CHAT, SCRAPE))).isEqualTo(Map.of("chat-0", 0.004));
        assertThat(asked)
                .containsExactly(
                        "sum by"
                                + " (pod)(rate(vllm:inter_token_latency_seconds_sum{namespace=\"team-a\",pod=~\"chat-.*\"}[60000ms]))"
                                + " / sum by (pod)("
                                + "rate(vllm:inter_token_latency_seconds_count{namespace=\"team-a\",pod=~\"chat-.*\"}[60000ms]))");
    }

    @Test
    void triesOlderNamesInOrder() throws Exception {
        exports("vllm:time_per_output_token_seconds", "chat-0", "0.03");

        assertThat(present(signal.perReplica(CHAT, SCRAPE))).isEqualTo(Map.of("chat-0", 0.03));
        assertThat(asked).hasSize(3);
    }

    @Test
    void givesNoFigureForReplicasThatMadeNoToken() throws Exception {
        exports("vllm:inter_token_latency_seconds", "chat-0", "NaN");

        assertThat(absent(signal.perReplica(CHAT, SCRAPE))).contains("team-a/deployment/chat", "60 s");
    }

    @Test
    void tellsAPrometheusThatCannotBeRead() throws Exception {
        server.answer("/api/v1/query", 503, "starting");

        assertThat(unreadable(signal.perReplica(CHAT, SCRAPE))).contains("503");
    }

    private void exports(String histogram, String pod, String value) {
        server.handle("/api/v1/query", exchange -> {
            String query = exchange.getRequestURI().getQuery().substring("query=".length());
            asked.add(query);
            String series = query.contains("rate(" + histogram + "_sum{")
                    ? "{\"metric\":{\"pod\":\"" + pod + "\"},\"value\":[1,\"" + value + "\"]}"
                    : "";
            StubServer.reply(
                    exchange,
                    200,
                    "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[" + series + "]}}");
        });
    }
}
