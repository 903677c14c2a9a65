package airworthy.reports.judge;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Event;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which pages end a fault before its time. */
class AlertsOnTest {
    private static final Map<String, String> ELSEWHERE = Map.of("namespace", "storage", "workload", "minio");

    @Test
    void aPageAboutWhatNobodyHitIsAStray() {
        assertThat(stray("DiskFull", ELSEWHERE, "infra-page", 40))
                .hasValueSatisfying(page -> assertThat(page).contains("DiskFull", "minio", "infra-page"));
    }

    @Test
    void pagesAboutTargetAndBystanderAreFindingsAndNoStrays() {
        assertThat(stray("SlowTokens", Map.of("namespace", "team-a", "workload", "chat"), "ml-page", 40))
                .isEmpty();
        assertThat(stray("SlowTokens", Map.of("namespace", "team-b", "workload", "sum"), "ml-page", 40))
                .isEmpty();
    }

    @Test
    void anAlertThatNamesNothingMayBeAPoorOneAboutTheFault() {
        assertThat(stray("SomethingIsSlow", Map.of(), "infra-page", 40)).isEmpty();
    }

    @Test
    void feedsWakeNobody() {
        assertThat(stray("DiskFull", ELSEWHERE, "infra-feed", 40)).isEmpty();
    }

    @Test
    void whatBeganBeforeTheFaultIsNoneOfItsDoing() {
        assertThat(stray("DiskFull", ELSEWHERE, "infra-page", 20)).isEmpty();
    }

    private static Optional<String> stray(String name, Map<String, String> labels, String receiver, double at) {
        HistoryBuilder history = ServingRun.good()
                .at(at, "webhook", 0, new Event.Notified(receiver, false, ServingRun.alert(name, labels)));
        return AlertsOn.strayPage(HistoryBuilder.ns(ServingRun.ONSET), Platforms.standard(), history.build());
    }
}
