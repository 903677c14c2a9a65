package airworthy.probes.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import airworthy.model.AlertState;
import airworthy.model.Event.AlertSeen;
import airworthy.model.Stamp;
import airworthy.probes.Reading;
import airworthy.probes.Stamps;
import airworthy.probes.http.HttpCaller;
import airworthy.probes.http.HttpReads;
import airworthy.probes.prometheus.PrometheusProbe;
import airworthy.probes.stub.Callers;
import airworthy.probes.stub.Recorded;
import airworthy.probes.stub.StubServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AlertWatchTest {
    private static final Duration PACE = Duration.ofMillis(20);
    private static final String FIRING = """
        {"status":"success","data":{"alerts":[{"labels":{"alertname":"Slow"},"annotations":{},"state":"firing",
        "activeAt":"2026-11-21T10:00:00Z"}]}}\
        """;
    private static final String ACTIVE = """
        [{"labels":{"alertname":"Slow"},"annotations":{},"startsAt":"2026-11-21T10:00:00Z",
        "receivers":[{"name":"pager"}],"status":{"state":"active"}}]\
        """;

    private final Recorded recorded = new Recorded();

    @Test
    void followsAnAlertThroughBothServers() throws Exception {
        AtomicReference<String> prometheus = new AtomicReference<>("{\"status\":\"success\",\"data\":{\"alerts\":[]}}");
        AtomicReference<String> alertmanager = new AtomicReference<>("[]");
        try (StubServer server = new StubServer();
                HttpCaller caller = Callers.patient()) {
            server.handle("/api/v1/alerts", exchange -> StubServer.reply(exchange, 200, prometheus.get()));
            server.handle("/api/v2/alerts", exchange -> StubServer.reply(exchange, 200, alertmanager.get()));
            HttpReads reads = new HttpReads(caller);
            List<AlertSource> sources = List.of(
                    AlertSource.of(new PrometheusProbe(server.base(), reads)),
                    AlertSource.of(new AlertmanagerProbe(server.base(), reads)));
            try (AlertWatch watch = AlertWatch.start(sources, Stamps.ofThisMachine(), recorded, PACE)) {
                assertThat(watch.awaitFirstPoll(Duration.ofSeconds(30))).isTrue();
                assertThat(recorded.events()).isEmpty();

                prometheus.set(FIRING);
                await().until(() -> recorded.events().size() == 1);
                alertmanager.set(ACTIVE);
                await().until(() -> recorded.events().size() == 2);
                alertmanager.set("[]");
                await().until(() -> recorded.events().size() == 3);
            }
        }
        assertThat(recorded.events())
                .extracting(event -> ((AlertSeen) event).state())
                .containsExactly(AlertState.FIRING, AlertState.ACTIVE, AlertState.RESOLVED);
        assertThat(recorded.stamps())
                .extracting(Stamp::source)
                .containsExactly("prometheus", "alertmanager", "alertmanager");
        assertThat(((AlertSeen) recorded.events().getLast()).receivers()).containsExactly("pager");
    }

    @Test
    void letsNoSourceThatHangsDelayAnother() throws Exception {
        AtomicInteger polls = new AtomicInteger();
        AlertSource hanging = new AlertSource("hanging", () -> {
            new CountDownLatch(1).await();
            return new Reading.Unreadable<>("never");
        });
        AlertSource counting = new AlertSource("counting", () -> {
            polls.incrementAndGet();
            return new Reading.Present<>(List.of());
        });
        try (AlertWatch watch = AlertWatch.start(List.of(hanging, counting), Stamps.ofThisMachine(), recorded, PACE)) {
            await().until(() -> polls.get() >= 3);
            assertThat(watch.awaitFirstPoll(Duration.ZERO)).isFalse();
        }
    }

    @Test
    void pollsNoMoreOnceClosed() throws Exception {
        AtomicInteger polls = new AtomicInteger();
        AlertSource counting = new AlertSource("counting", () -> {
            polls.incrementAndGet();
            return new Reading.Present<>(List.of());
        });
        AlertWatch watch = AlertWatch.start(List.of(counting), Stamps.ofThisMachine(), recorded, Duration.ofMillis(1));
        watch.awaitFirstPoll(Duration.ofSeconds(10));
        watch.close();
        int atClose = polls.get();

        await().pollDelay(Duration.ofMillis(30)).until(() -> polls.get() == atClose);
    }

    @Test
    void tellsAtCloseThatItHadDied() throws Exception {
        AlertSource broken = new AlertSource("broken", () -> {
            throw new IllegalArgumentException("a bug");
        });
        AlertWatch watch = AlertWatch.start(List.of(broken), Stamps.ofThisMachine(), recorded, PACE);
        assertThat(watch.awaitFirstPoll(Duration.ofMillis(100))).isFalse();

        assertThatThrownBy(watch::close)
                .hasMessageContaining("changes may be missing")
                .hasRootCauseMessage("a bug");
    }
}
