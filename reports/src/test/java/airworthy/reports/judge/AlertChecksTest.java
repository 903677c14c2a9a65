package airworthy.reports.judge;

import static airworthy.model.Outcome.MET;
import static airworthy.model.Outcome.NOT_MET;
import static airworthy.model.Outcome.UNKNOWN;
import static airworthy.reports.judge.ServingRun.CAUSE;
import static airworthy.reports.judge.ServingRun.NAMES;
import static airworthy.reports.judge.ServingRun.NOBODY_ELSE;
import static airworthy.reports.judge.ServingRun.NOTIFY;
import static airworthy.reports.judge.ServingRun.OWNER;
import static airworthy.reports.judge.ServingRun.RUNBOOK_HELPS;
import static airworthy.reports.judge.ServingRun.alert;
import static airworthy.reports.judge.ServingRun.finding;
import static airworthy.reports.judge.ServingRun.slowTokens;
import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Alert;
import airworthy.model.AlertState;
import airworthy.model.Check;
import airworthy.model.Dimension;
import airworthy.model.Event;
import airworthy.model.Finding;
import airworthy.model.Outcome;
import airworthy.model.PlatformProfile.Ownership;
import airworthy.model.Role;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertChecksTest {
    private static final Check QUIET = new Check.Quiet();
    private static final Check NO_BYSTANDER_ALERT = new Check.NoBystanderAlert();

    @Test
    void aPromptNotificationIsMetAndSaysHowLongItTook() {
        Finding finding = finding(NOTIFY, history -> {});
        assertThat(finding.outcome()).isEqualTo(MET);
        assertThat(finding.message()).contains("notified ml-page 6.50 s after onset, at most 10.00 s");
    }

    /** The budget of 5 min is 10 s at this time scale, so the bound lies at 41 s. */
    @ParameterizedTest
    @CsvSource({"40.9, 0, MET", "41.1, 0, NOT_MET", "40.9, 0.5, UNKNOWN", "41.1, 0.5, UNKNOWN", "61.1, 0, NOT_MET"})
    void theBoundIsJudgedWithItsError(double at, double error, Outcome outcome) {
        assertThat(finding(NOTIFY, toldAt(at, error, slowTokens())).outcome()).isEqualTo(outcome);
    }

    @Test
    void silenceIsNotMet() {
        Finding finding = finding(NOTIFY, AlertChecksTest::mute);
        assertThat(finding.outcome()).isEqualTo(NOT_MET);
        assertThat(finding.message())
                .contains("nobody was told within 10.00 s of the onset: no alert about the target");
    }

    @Test
    void silenceOfASourceThatCouldNotBeReadIsUnknown() {
        Consumer<HistoryBuilder> blind = history -> {
            mute(history);
            history.at(45, new Event.SourceUnreadable("webhook", "connection refused"));
        };
        for (Check check : List.of(NOTIFY, CAUSE, NAMES, RUNBOOK_HELPS, OWNER, NOBODY_ELSE)) {
            assertThat(finding(check, blind).outcome()).as(check.name().id()).isEqualTo(UNKNOWN);
        }
    }

    @Test
    void anUnreadablePrometheusDoesNotExcuseSilence() {
        Finding silence = finding(NOTIFY, history -> {
            mute(history);
            history.at(45, new Event.SourceUnreadable("prometheus", "500"));
        });
        assertThat(silence.outcome()).isEqualTo(NOT_MET);
        assertThat(silence.message()).contains("meanwhile prometheus could not be read (500");
    }

    @Test
    void withNobodyToldAttributionAndRouteAreNotMet() {
        for (Check check : List.of(CAUSE, NAMES, RUNBOOK_HELPS, OWNER, NOBODY_ELSE)) {
            assertThat(finding(check, AlertChecksTest::mute).outcome())
                    .as(check.name().id())
                    .isEqualTo(NOT_MET);
        }
    }

    @Test
    void withoutWebhookNotifiedStaysUnknownAndRouteIsReadFromAlertmanager() {
        Finding notify = finding(NOTIFY, history -> {}, Platforms.withoutWebhook());
        assertThat(notify.outcome()).isEqualTo(UNKNOWN);
        assertThat(notify.message()).contains("routed to ml-page 6.20 s").doesNotContain("notified");
        Finding owner = finding(OWNER, history -> {}, Platforms.withoutWebhook());
        assertThat(owner.outcome()).isEqualTo(MET);
        assertThat(owner.message()).startsWith("routed to ml-page");
    }

    @Test
    void anAlertAboutSomethingElseIsNoDetection() {
        for (Map<String, String> labels : List.of(
                Map.of("namespace", "team-a", "workload", "other"),
                Map.of("namespace", "team-c", "team", "ml"),
                Map.of("zone", "a"))) {
            assertThat(finding(NOTIFY, toldAt(35, 0, alert("SlowTokens", labels)))
                            .outcome())
                    .as("%s", labels)
                    .isEqualTo(NOT_MET);
        }
    }

    @Test
    void aPodLabelMayStandForItsWorkload() {
        assertThat(finding(NOTIFY, toldAt(35, 0, alert("SlowTokens", Map.of("pod", "chat-0"))))
                        .outcome())
                .isEqualTo(MET);
    }

    @Test
    void anAlertThatWasOnBeforeTheFaultDoesNotCountAndIsNotQuiet() {
        Consumer<HistoryBuilder> early = history -> {
            mute(history);
            history.at(7, "webhook", 0, new Event.Notified("ml-page", false, slowTokens()))
                    .at(35, "webhook", 0, new Event.Notified("ml-page", false, slowTokens()));
        };
        assertThat(finding(NOTIFY, early).outcome()).isEqualTo(NOT_MET);
        assertThat(finding(NOTIFY, early).message()).contains("SlowTokens was on before the fault and does not count");
        assertThat(finding(QUIET, early).outcome()).isEqualTo(NOT_MET);
    }

    @Test
    void quietIsMetWhenAlertsStartDuringTheFaultOnly() {
        assertThat(finding(QUIET, history -> {}).outcome()).isEqualTo(MET);
    }

    @ParameterizedTest
    @CsvSource({"15, NOT_MET", "85, NOT_MET", "9, MET", "45, MET", "96, MET"})
    void quietIsJudgedInBothControlWindows(double at, Outcome outcome) {
        Alert other = alert("QueueFull", Map.of("namespace", "team-b", "workload", "sum"));
        assertThat(finding(QUIET, history -> history.at(at, "prometheus", 0, ServingRun.seen(AlertState.FIRING, other)))
                        .outcome())
                .isEqualTo(outcome);
    }

    @Test
    void whatIsPendingOrUnrelatedIsStillQuiet() {
        assertThat(finding(
                                QUIET,
                                history -> history.at(
                                                15, "prometheus", 0, ServingRun.seen(AlertState.PENDING, slowTokens()))
                                        .at(
                                                16,
                                                "prometheus",
                                                0,
                                                ServingRun.seen(
                                                        AlertState.FIRING, alert("DiskFull", Map.of("node", "n1")))))
                        .outcome())
                .isEqualTo(MET);
    }

    @Test
    void silenceInAControlWindowProvesNothingIfNobodyCouldLook() {
        assertThat(finding(QUIET, history -> history.at(20, new Event.SourceUnreadable("alertmanager", "timeout")))
                        .outcome())
                .isEqualTo(UNKNOWN);
    }

    @Test
    void bystanderAlertsAreCountedDuringTheFaultOnly() {
        Alert other = alert("QueueFull", Map.of("namespace", "team-b", "workload", "sum"));
        assertThat(finding(NO_BYSTANDER_ALERT, history -> {}).outcome()).isEqualTo(MET);
        assertThat(finding(
                                NO_BYSTANDER_ALERT,
                                history -> history.at(40, "alertmanager", 0, ServingRun.seen(AlertState.ACTIVE, other)))
                        .outcome())
                .isEqualTo(NOT_MET);
        assertThat(finding(
                                NO_BYSTANDER_ALERT,
                                history -> history.at(15, "alertmanager", 0, ServingRun.seen(AlertState.ACTIVE, other)))
                        .outcome())
                .isEqualTo(MET);
        assertThat(finding(
                                NO_BYSTANDER_ALERT,
                                history -> history.at(40, new Event.SourceUnreadable("alertmanager", "timeout")))
                        .outcome())
                .isEqualTo(UNKNOWN);
    }

    @Test
    void theCauseMustBeTheTrueOneAndUncontradicted() {
        assertThat(finding(CAUSE, history -> {}).outcome()).isEqualTo(MET);
        assertThat(finding(CAUSE, toldAt(36, 0, renamed("LowMemory"))).message())
                .isEqualTo("alert LowMemory stands for accelerator-memory; expected serving-latency");
        assertThat(finding(CAUSE, toldAt(36, 0, renamed("Unheard"))).message()).contains("maps to no cause");
        Finding contradicted = finding(CAUSE, alsoTold("ml-page", renamed("LowMemory")));
        assertThat(contradicted.outcome()).isEqualTo(NOT_MET);
        assertThat(finding(CAUSE, alsoTold("ml-page", renamed("Unheard"))).outcome())
                .isEqualTo(MET);
    }

    @Test
    void eachDimensionMustBeNamedByItsTrueValue() {
        assertThat(finding(NAMES, history -> {}).outcome()).isEqualTo(MET);
        Finding wrong = finding(
                NAMES,
                toldAt(36, 0, alert("SlowTokens", Map.of("namespace", "team-a", "workload", "chat", "pod", "chat-1"))));
        assertThat(wrong.outcome()).isEqualTo(NOT_MET);
        assertThat(wrong.message()).contains("workload chat is named", "replica chat-0 is not named: found chat-1");
        Finding missing = finding(NAMES, toldAt(36, 0, alert("SlowTokens", Map.of("workload", "chat"))));
        assertThat(missing.message()).contains("found no label pod");
        assertThat(finding(new Check.NamesTarget(List.of(Dimension.DEVICE)), history -> {})
                        .outcome())
                .isEqualTo(UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({"200, serving-latency, MET", "404, serving-latency, NOT_MET", "200, cook, NOT_MET", "-1, x, NOT_MET"})
    void aRunbookMustAnswerAndNameTheCause(int status, String text, Outcome outcome) {
        assertThat(finding(
                                RUNBOOK_HELPS,
                                history -> history.change(event -> event instanceof Event.RunbookFetched
                                        ? new Event.RunbookFetched(
                                                ServingRun.RUNBOOK,
                                                status < 0 ? OptionalInt.empty() : OptionalInt.of(status),
                                                text)
                                        : event))
                        .outcome())
                .isEqualTo(outcome);
    }

    @Test
    void aRunbookThatNobodyFetchedIsUnknownAndNoneAtAllIsNotMet() {
        assertThat(finding(RUNBOOK_HELPS, history -> history.without(Event.RunbookFetched.class::isInstance))
                        .outcome())
                .isEqualTo(UNKNOWN);
        assertThat(finding(RUNBOOK_HELPS, toldAt(36, 0, new Alert(slowTokens().labels(), Map.of())))
                        .message())
                .contains("has no runbook_url");
    }

    @Test
    void theOwnersReceiverMustBeToldAndNoOther() {
        assertThat(finding(OWNER, history -> {}).outcome()).isEqualTo(MET);
        assertThat(finding(NOBODY_ELSE, history -> {}).outcome()).isEqualTo(MET);
        Finding misrouted = finding(new Check.ReachesOwner(Role.PLATFORM_TEAM), history -> {});
        assertThat(misrouted.outcome()).isEqualTo(NOT_MET);
        assertThat(misrouted.message()).contains("notified ml-page; expected a receiver of infra");
    }

    @ParameterizedTest
    @CsvSource({"infra-page, NOT_MET", "infra-feed, MET", "somebody, NOT_MET", "ml-chat, MET"})
    void pagesOfOthersCountFeedsDoNotAndStrangersArePages(String receiver, Outcome outcome) {
        assertThat(finding(NOBODY_ELSE, alsoTold(receiver, slowTokens())).outcome())
                .isEqualTo(outcome);
    }

    @Test
    void anOwnerIsReadFromTheTargetsBestKey() {
        assertThat(finding(new Check.ReachesOwner(Role.OWNER_OF_TARGET), history -> {})
                        .outcome())
                .isEqualTo(MET);
        assertThat(finding(new Check.ReachesOwner(Role.FINOPS), history -> {}).outcome())
                .isEqualTo(UNKNOWN);
        Ownership otherKeys =
                new Ownership(List.of("contact"), Platforms.OWNERSHIP.roles(), Platforms.OWNERSHIP.receivers());
        assertThat(finding(new Check.ReachesOwner(Role.OWNER_OF_TARGET), history -> {}, Platforms.ownedAs(otherKeys))
                        .outcome())
                .isEqualTo(NOT_MET);
    }

    private static void mute(HistoryBuilder history) {
        history.without(event -> event instanceof Event.AlertSeen || event instanceof Event.Notified);
    }

    private static Consumer<HistoryBuilder> toldAt(double at, double error, Alert alert) {
        return history -> {
            mute(history);
            history.at(at, "webhook", error, new Event.Notified("ml-page", false, alert));
        };
    }

    private static Consumer<HistoryBuilder> alsoTold(String receiver, Alert alert) {
        return history -> history.at(39, "webhook", 0, new Event.Notified(receiver, false, alert));
    }

    private static Alert renamed(String name) {
        return alert(
                name,
                slowTokens().labels().entrySet().stream()
                        .filter(label -> !label.getKey().equals("alertname"))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }
}
