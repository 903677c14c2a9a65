package airworthy.probes.alertmanager;

import static airworthy.probes.stub.Readings.present;
import static airworthy.probes.stub.Readings.unreadable;
import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.AlertState;
import airworthy.probes.http.HttpCaller;
import airworthy.probes.http.HttpReads;
import airworthy.probes.stub.Callers;
import airworthy.probes.stub.StubServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlertmanagerProbeTest {
    private static final String STATUS = """
        {"versionInfo":{"version":"0.28.1"},"config":{"original":"%s"}}\
        """;

    private final StubServer server = new StubServer();
    private final HttpCaller caller = Callers.patient();
    private final HttpCaller hasty = Callers.hasty();
    private final AlertmanagerProbe probe = new AlertmanagerProbe(server.base(), new HttpReads(caller));

    @AfterEach
    void close() {
        caller.close();
        hasty.close();
        server.close();
    }

    @Test
    void readsVersionReceiversAndTheLongestWaitsOfTheRouteTree() throws Exception {
        server.json(
                "/api/v2/status",
                STATUS.formatted("route:\\n  receiver: a\\n  group_wait: 10s\\n  routes:\\n"
                        + "  - receiver: b\\n    routes:\\n    - group_wait: 1m\\n      group_interval: 2m\\n"));
        server.json("/api/v2/receivers", "[{\"name\":\"a\"},{\"name\":\"b\"}]");

        AlertmanagerStatus status = present(probe.status());

        assertThat(status)
                .isEqualTo(new AlertmanagerStatus(
                        "0.28.1", List.of("a", "b"), Duration.ofMinutes(1), Duration.ofMinutes(5)));
    }

    @Test
    void doesNotTakeADefaultThatEveryRouteReplaces() throws Exception {
        server.json(
                "/api/v2/status",
                STATUS.formatted("route: {group_wait: 1s, group_interval: 2s, routes: [{receiver: x}]}"));
        server.json("/api/v2/receivers", "[]");

        AlertmanagerStatus status = present(probe.status());

        assertThat(status.groupWait()).isEqualTo(Duration.ofSeconds(1));
        assertThat(status.groupInterval()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void readsAlertsWithReceiversAndLeavesOutWhatIsNotProcessedYet() throws Exception {
        server.json("/api/v2/alerts", """
            [{"labels":{"alertname":"Slow"},"annotations":{"runbook_url":"http://r/slow"},"startsAt":"2026-11-21T10:00:00Z",
            "receivers":[{"name":"pager"},{"name":"chat"}],"status":{"state":"active","silencedBy":[],"inhibitedBy":[]}},
            {"labels":{"alertname":"Quiet"},"startsAt":"2026-11-21T10:00:00Z","receivers":[{"name":"pager"}],
            "status":{"state":"suppressed","silencedBy":["1"]}},
            {"labels":{"alertname":"New"},"startsAt":"2026-11-21T10:00:00Z","receivers":[],"status":{"state":"unprocessed"}}]\
            """);

        List<GroupedAlert> alerts = present(probe.alerts());

        assertThat(alerts).extracting(GroupedAlert::state).containsExactly(AlertState.ACTIVE, AlertState.SUPPRESSED);
        assertThat(alerts.getFirst().receivers()).containsExactly("pager", "chat");
        assertThat(alerts.getFirst().alert().runbookUrl()).contains("http://r/slow");
        assertThat(alerts.getFirst().startsAt()).isEqualTo("2026-11-21T10:00:00Z");
    }

    @Test
    void takesWhatIsNoAlertmanagerForUnreadable() throws Exception {
        server.answer("/api/v2/status", 200, "<!doctype html>").answer("/api/v2/alerts", 200, "{}");

        assertThat(unreadable(probe.status())).contains("expected JSON", "<!doctype html>");
        assertThat(unreadable(probe.alerts())).contains("found no list");
        assertThat(unreadable(new AlertmanagerProbe(StubServer.refusing(), new HttpReads(caller)).status()))
                .contains("connection refused");
    }

    @Test
    void takesAConfigurationThatItCannotReadForUnreadable() throws Exception {
        server.json("/api/v2/status", STATUS.formatted("route: {group_wait: soon}"));

        assertThat(unreadable(probe.status())).contains("found \"soon\"", "expected a duration");
    }

    @Test
    void tellsExpiredCredentialsAndASilentServer() throws Exception {
        server.answer("/api/v2/status", 401, "").hang("/api/v2/alerts");

        assertThat(unreadable(probe.status())).contains("401", "expired");
        assertThat(unreadable(new AlertmanagerProbe(server.base(), new HttpReads(hasty)).alerts()))
                .contains("no whole answer");
    }
}
