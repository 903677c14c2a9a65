package airworthy.reports.judge;

import static airworthy.model.Outcome.MET;
import static airworthy.model.Outcome.NOT_MET;
import static airworthy.model.Outcome.UNKNOWN;
import static airworthy.reports.judge.ServingRun.BACK;
import static airworthy.reports.judge.ServingRun.RESOLVES;
import static airworthy.reports.judge.ServingRun.TARGET;
import static airworthy.reports.judge.ServingRun.finding;
import static airworthy.reports.judge.ServingRun.slowTokens;
import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.AlertState;
import airworthy.model.Check;
import airworthy.model.Event;
import airworthy.model.Finding;
import airworthy.model.Outcome;
import airworthy.model.RequestRecord;
import airworthy.model.UndoState;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecoveryChecksTest {
    private static final Check UNDO = new Check.UndoVerified();

    @Test
    void backAtBaselineSaysFromWhenOn() {
        Finding finding = finding(BACK, history -> {});
        assertThat(finding.outcome()).isEqualTo(MET);
        assertThat(finding.message())
                .contains("back at baseline from 0 s after healing on, at most 6.00 s")
                .contains("chat-0 serves 50.0%");
    }

    /** The budget of 3 min is 6 s at this time scale, so the deadline lies at 68 s. */
    @ParameterizedTest
    @CsvSource({"66, MET", "67.9, MET", "90, NOT_MET"})
    void aReturnMustComeBeforeItsDeadline(double slowUntil, Outcome outcome) {
        assertThat(finding(BACK, from(ServingRun.HEALED, slowUntil, RecoveryChecksTest::slow))
                        .outcome())
                .isEqualTo(outcome);
    }

    @Test
    void aReturnIsMeasuredToTheSecond() {
        // At p99 of the gaps not one request in a hundred may still be slow, so the last slow second decides.
        assertThat(finding(BACK, from(ServingRun.HEALED, 66, RecoveryChecksTest::slow))
                        .message())
                .contains("from 4.00 s after healing on");
    }

    @Test
    void aReplicaThatNeverServesAgainIsNotBack() {
        Finding finding =
                finding(BACK, from(ServingRun.HEALED, 90, request -> Requests.from(request, Optional.of("chat-1"))));
        assertThat(finding.outcome()).isEqualTo(NOT_MET);
        assertThat(finding.message()).contains("chat-0 serves 0.0% (0 of 440), at least half of its 50.0%");
    }

    @Test
    void withoutLoadAfterHealingNothingIsKnown() {
        assertThat(finding(
                                BACK,
                                history -> history.withoutLoad(
                                        request -> request.intendedNs() > HistoryBuilder.ns(ServingRun.HEALED)))
                        .outcome())
                .isEqualTo(UNKNOWN);
    }

    @Test
    void thePlatformsOwnIntervalsAreAddedToTheDeadlineAndPrinted() {
        Finding finding = finding(RESOLVES, history -> {});
        assertThat(finding.outcome()).isEqualTo(MET);
        assertThat(finding.message())
                .contains("SlowTokens resolved 5.00 s after healing")
                .contains("at most 8.00 s (6.00 s and the platform's own group_interval 1.50 s, scrape 500 ms)");
    }

    @ParameterizedTest
    @CsvSource({"69.9, MET", "70.1, NOT_MET", "50, MET"})
    void anAlertMustResolveBeforeItsDeadline(double at, Outcome outcome) {
        assertThat(finding(RESOLVES, resolvedAt(at)).outcome()).isEqualTo(outcome);
    }

    @Test
    void anAlertThatNeverResolvesIsNotMetUnlessNobodyCouldLook() {
        assertThat(finding(RESOLVES, RecoveryChecksTest::neverResolved).outcome())
                .isEqualTo(NOT_MET);
        assertThat(finding(RESOLVES, history -> {
                            neverResolved(history);
                            history.at(65, new Event.SourceUnreadable("alertmanager", "timeout"));
                        })
                        .outcome())
                .isEqualTo(UNKNOWN);
    }

    @Test
    void withNobodyToldThereIsNoAlertToResolve() {
        assertThat(finding(
                                RESOLVES,
                                history -> history.without(
                                        event -> event instanceof Event.Notified || event instanceof Event.AlertSeen))
                        .outcome())
                .isEqualTo(UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "RESTORED, MET",
        "CONFLICTED, NOT_MET",
        "FAILED, NOT_MET",
        "RESTORING, UNKNOWN",
        "APPLIED, UNKNOWN",
        "REFUSED, UNKNOWN"
    })
    void undoIsJudgedByEachStepsLastState(UndoState last, Outcome outcome) {
        assertThat(finding(
                                UNDO,
                                history -> history.change(event ->
                                        event instanceof Event.UndoMoved moved && moved.state() == UndoState.RESTORED
                                                ? new Event.UndoMoved(moved.scenario(), moved.step(), last, "seen")
                                                : event))
                        .outcome())
                .isEqualTo(outcome);
    }

    @Test
    void undoThatWasNeverPlannedOrBegunIsUnknown() {
        assertThat(finding(UNDO, history -> history.without(Event.UndoPlanned.class::isInstance))
                        .outcome())
                .isEqualTo(UNKNOWN);
        assertThat(finding(UNDO, history -> history.without(Event.UndoMoved.class::isInstance))
                        .outcome())
                .isEqualTo(UNKNOWN);
    }

    private static Consumer<HistoryBuilder> from(double from, double to, UnaryOperator<RequestRecord> change) {
        return history -> history.changeLoad(request -> request.stream().equals(TARGET)
                        && request.intendedNs() >= HistoryBuilder.ns(from)
                        && request.intendedNs() < HistoryBuilder.ns(to)
                ? change.apply(request)
                : request);
    }

    private static void neverResolved(HistoryBuilder history) {
        history.without(event -> (event instanceof Event.Notified notified && notified.resolved())
                || (event instanceof Event.AlertSeen seen && seen.state() == AlertState.RESOLVED));
    }

    private static Consumer<HistoryBuilder> resolvedAt(double at) {
        return history -> {
            neverResolved(history);
            history.at(at, "webhook", 0, new Event.Notified("ml-page", true, slowTokens()));
        };
    }

    private static RequestRecord slow(RequestRecord request) {
        return Requests.ok(request.stream(), request.replica().orElse(""), request.intendedNs(), 300, 60);
    }
}
