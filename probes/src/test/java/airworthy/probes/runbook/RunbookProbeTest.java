package airworthy.probes.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Event.RunbookFetched;
import airworthy.probes.http.HttpCaller;
import airworthy.probes.http.HttpReads;
import airworthy.probes.http.Names;
import airworthy.probes.stub.Callers;
import airworthy.probes.stub.StubServer;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunbookProbeTest {
    private final StubServer server = new StubServer();
    private final HttpCaller patient = Callers.patient();
    private final HttpCaller caller =
            new HttpCaller(new Names(Map.of("runbooks.monitoring", server.base().getAuthority())), patient.limits());
    private final RunbookProbe probe = new RunbookProbe(new HttpReads(caller));

    @AfterEach
    void close() {
        patient.close();
        caller.close();
        server.close();
    }

    @Test
    void fetchesAPageThatOnlyTheClusterResolvesUnderTheAddressThatTheAlertGave() throws Exception {
        server.answer("/slow", 200, "# Slow tokens");

        assertThat(probe.fetch("http://runbooks.monitoring/slow"))
                .isEqualTo(new RunbookFetched("http://runbooks.monitoring/slow", OptionalInt.of(200), "# Slow tokens"));
    }

    @Test
    void keepsSixteenKibibytes() throws Exception {
        server.answer("/long", 200, "x".repeat(20_000));

        assertThat(probe.fetch("http://runbooks.monitoring/long").text()).hasSize(16 * 1024);
    }

    @Test
    void tellsAMissingPageByItsStatus() throws Exception {
        assertThat(probe.fetch("http://runbooks.monitoring/gone").status()).hasValue(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"see the wiki", "mailto:sre@example.com", "", "http://runbooks.invalid/x", "/relative"})
    void tellsAnAddressThatAnswersNothing(String url) throws Exception {
        assertThat(probe.fetch(url)).isEqualTo(new RunbookFetched(url, OptionalInt.empty(), ""));
    }
}
