package airworthy.probes.prometheus;

import static airworthy.probes.stub.Readings.present;
import static airworthy.probes.stub.Readings.unreadable;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import airworthy.model.AlertState;
import airworthy.probes.http.HttpCaller;
import airworthy.probes.http.HttpReads;
import airworthy.probes.stub.Callers;
import airworthy.probes.stub.StubServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PrometheusProbeTest {
    private final StubServer server = new StubServer();
    private final HttpCaller caller = Callers.patient();
    private final HttpCaller hasty = Callers.hasty();
    private final PrometheusProbe probe =
            new PrometheusProbe(URI.create(server.base() + "/prom/"), new HttpReads(caller));

    @AfterEach
    void close() {
        caller.close();
        hasty.close();
        server.close();
    }

    @Test
    void readsItsIntervalsFromConfigurationAndRules() throws Exception {
        data(
                "/prom/api/v1/status/config",
                "{\"yaml\":\"global:\\n  scrape_interval: 15s\\n  external_labels: {a: b}\\n\"}");
        data("/prom/api/v1/rules", """
            {"groups":[{"name":"serving","file":"a","interval":5,"rules":[]},
            {"name":"serving","file":"b","interval":30.5,"rules":[]},{"name":"gpu","interval":1,"rules":[]}]}\
            """);

        Intervals intervals = present(probe.intervals());

        assertThat(intervals.scrape()).isEqualTo(Duration.ofSeconds(15));
        assertThat(intervals.evaluation()).as("Prometheus's default").isEqualTo(Duration.ofMinutes(1));
        assertThat(intervals.groups())
                .containsExactly(entry("gpu", Duration.ofSeconds(1)), entry("serving", Duration.ofMillis(30_500)));
    }

    @Test
    void readsPendingAndFiringAlerts() throws Exception {
        data("/prom/api/v1/alerts", """
            {"alerts":[
            {"labels":{"alertname":"Slow","pod":"chat-1"},"annotations":{"summary":"slow"},"state":"pending",
            "activeAt":"2026-11-21T10:00:00.5Z","value":"1e+00"},
            {"labels":{"alertname":"Watchdog"},"annotations":{},"state":"firing","activeAt":"2026-11-21T09:00:00Z"}]}\
            """);

        List<RuleAlert> alerts = present(probe.alerts());

        assertThat(alerts).extracting(RuleAlert::state).containsExactly(AlertState.PENDING, AlertState.FIRING);
        assertThat(alerts.getFirst().alert().labels()).containsEntry("pod", "chat-1");
        assertThat(alerts.getFirst().alert().annotations()).containsEntry("summary", "slow");
        assertThat(alerts.getFirst().activeAt()).isEqualTo("2026-11-21T10:00:00.5Z");
    }

    @Test
    void sendsAQueryEncodedAndReadsItsVector() throws Exception {
        server.handle("/prom/api/v1/query", exchange -> {
            boolean asked = exchange.getRequestURI().getQuery().equals("query=sum by (pod)(rate(x{a=~\"b+\"}[1m]))");
            StubServer.reply(exchange, asked ? 200 : 400, success("""
                {"resultType":"vector","result":[{"metric":{"pod":"chat-0"},"value":[1795255200.25,"0.004"]},
                {"metric":{},"value":[1795255200.25,"NaN"]},{"metric":{},"value":[1795255200.25,"+Inf"]}]}\
                """));
        });

        List<Sample> samples = present(probe.query("sum by (pod)(rate(x{a=~\"b+\"}[1m]))"));

        assertThat(samples).extracting(Sample::value).containsExactly(0.004, Double.NaN, Double.POSITIVE_INFINITY);
        assertThat(samples.getFirst())
                .isEqualTo(new Sample(Map.of("pod", "chat-0"), 0.004, Instant.ofEpochMilli(1_795_255_200_250L)));
    }

    @Test
    void readsAScalar() throws Exception {
        data("/prom/api/v1/query", "{\"resultType\":\"scalar\",\"result\":[1795255200,\"2\"]}");

        assertThat(present(probe.query("2"))).extracting(Sample::value).containsExactly(2.0);
    }

    @Test
    void refusesARangeInPlaceOfAnInstant() throws Exception {
        data("/prom/api/v1/query", "{\"resultType\":\"matrix\",\"result\":[]}");

        assertThat(unreadable(probe.query("up[5m]"))).contains("found a matrix", "expected an instant vector");
    }

    @Test
    void saysWhatItIs() throws Exception {
        data("/prom/api/v1/status/buildinfo", "{\"version\":\"3.5.0+simulated\"}");

        assertThat(present(probe.version())).isEqualTo("3.5.0+simulated");
    }

    @Test
    void quotesTheServersOwnError() throws Exception {
        server.answer("/prom/api/v1/query", 400, "{\"status\":\"error\",\"error\":\"parse error\"}");

        assertThat(unreadable(probe.query("((("))).contains("400", "parse error");
    }

    @Test
    void takesAnotherServersNotFoundForUnreadable() throws Exception {
        assertThat(unreadable(probe.intervals())).contains("404", "no Prometheus API is there", "path prefix");
    }

    @Test
    void takesForeignJsonForUnreadable() throws Exception {
        server.json("/prom/api/v1/alerts", "[]");

        assertThat(unreadable(probe.alerts())).contains("/prom/api/v1/alerts", "expected an answer of Prometheus");
    }

    @Test
    void takesASilentOrMissingServerForUnreadable() throws Exception {
        server.hang("/prom/api/v1/alerts");

        assertThat(unreadable(new PrometheusProbe(URI.create(server.base() + "/prom"), new HttpReads(hasty)).alerts()))
                .contains("no whole answer within 0.2 s");
        assertThat(unreadable(new PrometheusProbe(StubServer.refusing(), new HttpReads(caller)).alerts()))
                .contains("connection refused");
    }

    @Test
    void readsDurationsAsPrometheusWritesThem() {
        assertThat(PromDuration.parse("1h30m")).isEqualTo(Duration.ofMinutes(90));
        assertThat(PromDuration.parse("500ms")).isEqualTo(Duration.ofMillis(500));
        assertThat(PromDuration.parse("0")).isEqualTo(Duration.ZERO);
        assertThatThrownBy(() -> PromDuration.parse("5")).hasMessageContaining("\"5\"");
    }

    private void data(String path, String data) {
        server.json(path, success(data));
    }

    private static String success(String data) {
        return "{\"status\":\"success\",\"data\":" + data + "}";
    }
}
