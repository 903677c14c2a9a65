package airworthy.reports.judge;

import static airworthy.model.Outcome.MET;
import static airworthy.model.Outcome.NOT_MET;
import static airworthy.model.Outcome.UNKNOWN;
import static airworthy.reports.judge.ServingRun.ID;
import static airworthy.reports.judge.ServingRun.alert;
import static airworthy.reports.judge.ServingRun.finding;
import static airworthy.reports.judge.ServingRun.slowTokens;
import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Alert;
import airworthy.model.AlertState;
import airworthy.model.Cause;
import airworthy.model.Check;
import airworthy.model.Event;
import airworthy.model.Finding;
import airworthy.model.Layer;
import airworthy.model.Phase;
import airworthy.model.UndoState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The contrast begins at second 95, is made at 95.2 and healed at 103; of the fault people were told after 6.5 s. */
class ContrastChecksTest {
    private static final Check APART = new Check.ToldApart(Cause.SERVING_LATENCY);

    @Test
    void anAlertThatDoesNotComeAgainTellsTheTwoApart() {
        Finding finding = finding(APART, contrast(history -> {}));
        assertThat(finding.outcome()).isEqualTo(MET);
        assertThat(finding.message())
                .contains("SlowTokens came 6.50 s after the fault, and not of the contrast in 7.80 s");
    }

    @Test
    void theSameAlertAboutTheTargetDoesNot() {
        Finding finding = finding(APART, contrast(history -> fires(history, slowTokens())));
        assertThat(finding.outcome()).isEqualTo(NOT_MET);
        assertThat(finding.message()).contains("raised SlowTokens as well", "does not tell serving-latency from it");
    }

    @Test
    void neitherDoesAnotherThatStandsForTheSameCause() {
        Alert other = alert("AlsoSlow", Map.of("namespace", "team-a", "workload", "chat"));
        assertThat(finding(
                                APART,
                                contrast(history -> fires(history, other)),
                                Platforms.withCauses(
                                        Map.of("SlowTokens", Cause.SERVING_LATENCY, "AlsoSlow", Cause.SERVING_LATENCY)))
                        .outcome())
                .isEqualTo(NOT_MET);
    }

    @Test
    void anAlertForAnotherCauseOrAboutAnotherThingIsNoConcern() {
        Alert other = alert("MemoryShort", Map.of("namespace", "team-a", "workload", "chat"));
        assertThat(finding(APART, contrast(history -> fires(history, other))).outcome())
                .isEqualTo(MET);
        Alert elsewhere = alert("SlowTokens", Map.of("namespace", "team-b", "workload", "sum"));
        assertThat(finding(APART, contrast(history -> fires(history, elsewhere)))
                        .outcome())
                .isEqualTo(MET);
    }

    @Test
    void whereNobodyWasToldOfTheFaultNothingIsToldApart() {
        Finding finding = finding(
                APART,
                contrast(history ->
                        history.without(event -> event instanceof Event.AlertSeen || event instanceof Event.Notified)));
        assertThat(finding.outcome()).isEqualTo(NOT_MET);
        assertThat(finding.message()).contains("nobody was told");
    }

    @Test
    void withoutAContrastNothingIsKnown() {
        assertThat(finding(APART, history -> {}).outcome()).isEqualTo(UNKNOWN);
        Finding failed = finding(
                APART,
                contrast(history -> history.without(event -> event instanceof Event.ContrastApplied)
                        .at(95.3, new Event.ContrastFailed(ID, "the lever is gone"))));
        assertThat(failed.outcome()).isEqualTo(UNKNOWN);
        assertThat(failed.message()).contains("could not be made: the lever is gone");
    }

    @Test
    void aContrastThatWasNotSeenToHoldOrLapsedProvesNothing() {
        Finding never = finding(APART, contrast(history -> history.change(ContrastChecksTest::lapsed)));
        assertThat(never.outcome()).isEqualTo(UNKNOWN);
        assertThat(never.message()).contains("the contrast is not proven: not landed");
        Finding lapsed = finding(
                APART,
                contrast(history -> history.at(102, new Event.LandedSeen(ID, Layer.CLIENT, false, "all is well"))));
        assertThat(lapsed.outcome()).isEqualTo(UNKNOWN);
        assertThat(lapsed.message()).contains("lapsed").contains("all is well");
    }

    @Test
    void whatIsSeenOfTheContrastSaysNothingOfTheFault() {
        assertThat(finding(ServingRun.CAUSE, contrast(history -> history.change(ContrastChecksTest::lapsed)))
                        .outcome())
                .isEqualTo(MET);
    }

    @Test
    void anAlertThatIsStillOnCouldNotStartAnew() {
        Finding finding = finding(APART, contrast(history -> history.without(ContrastChecksTest::resolved)));
        assertThat(finding.outcome()).isEqualTo(UNKNOWN);
        assertThat(finding.message()).contains("SlowTokens was still on when the contrast was made");
    }

    @Test
    void silenceProvesNothingWhereNobodyListenedOrNotForLongEnough() {
        assertThat(finding(APART, contrast(history -> history.at(99, new Event.SourceUnreadable("webhook", "gone"))))
                        .outcome())
                .isEqualTo(UNKNOWN);
        Finding shortly = finding(
                APART,
                contrast(history -> history.without(event ->
                                event instanceof Event.PhaseBegan began && began.phase() == Phase.CONTRAST_HEAL)
                        .at(101, new Event.PhaseBegan(ID, Phase.CONTRAST_HEAL))));
        assertThat(shortly.outcome()).isEqualTo(UNKNOWN);
        assertThat(shortly.message()).contains("too short to tell");
    }

    @Test
    void theReturnAndTheTailEndWhereTheContrastBegins() {
        Consumer<HistoryBuilder> slowAgain = contrast(history -> fires(history, slowTokens()));
        assertThat(finding(new Check.Quiet(), slowAgain).outcome()).isEqualTo(MET);
        assertThat(finding(ServingRun.BACK, slowAgain).outcome()).isEqualTo(MET);
        assertThat(finding(ServingRun.RESOLVES, slowAgain).outcome()).isEqualTo(MET);
    }

    private static boolean resolved(Event event) {
        return switch (event) {
            case Event.AlertSeen seen -> seen.state() == AlertState.RESOLVED;
            case Event.Notified notified -> notified.resolved();
            default -> false;
        };
    }

    private static boolean ends(Event event) {
        return switch (event) {
            case Event.ScenarioEnded _, Event.RunEnded _ -> true;
            case Event.PhaseBegan began -> began.phase() == Phase.DONE;
            default -> false;
        };
    }

    private static Event lapsed(Event event) {
        return event instanceof Event.LandedSeen seen && seen.how().equals("the contrast holds")
                ? new Event.LandedSeen(ID, Layer.CLIENT, false, "answers as ever")
                : event;
    }

    private static void fires(HistoryBuilder history, Alert alert) {
        history.at(99, "prometheus", 0.25, ServingRun.seen(AlertState.FIRING, alert))
                .at(
                        99.2,
                        "alertmanager",
                        0.25,
                        new Event.AlertSeen(AlertState.ACTIVE, alert, List.of("ml-page"), Optional.empty()))
                .at(99.5, "webhook", 0, new Event.Notified("ml-page", false, alert));
    }

    private static Consumer<HistoryBuilder> contrast(Consumer<HistoryBuilder> spoil) {
        return history -> {
            history.without(ContrastChecksTest::ends)
                    .at(95, new Event.PhaseBegan(ID, Phase.CONTRAST))
                    .at(95.1, new Event.UndoMoved(ID, "SRV-4/1", UndoState.APPLIED, "set"))
                    .at(95.2, new Event.ContrastApplied(ID))
                    .at(95.4, new Event.LandedSeen(ID, Layer.CLIENT, true, "the contrast holds"))
                    .at(100, new Event.LandedSeen(ID, Layer.CLIENT, true, "the contrast holds"))
                    .at(103, new Event.PhaseBegan(ID, Phase.CONTRAST_HEAL))
                    .at(104, new Event.PhaseBegan(ID, Phase.DONE))
                    .at(104.5, new Event.ScenarioEnded(ID))
                    .at(106, new Event.RunEnded(true));
            spoil.accept(history);
        };
    }
}
