package airworthy.reports.judge;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.AlertState;
import airworthy.model.Event;
import airworthy.model.Finding;
import airworthy.model.Need;
import airworthy.model.Outcome;
import airworthy.model.Presence;
import airworthy.model.Scenario;
import airworthy.model.Score.Value;
import airworthy.model.Scorecard;
import airworthy.model.Scorecard.Purpose;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What is said of a run in which no fault was made. */
class ControlJudgeTest {
    private static final Scenario SCENARIO = ServingRun.scenario(ServingRun.CHECKS);

    @Test
    void onlyWhatAControlCanTellIsAskedAndNothingIsScored() {
        Scorecard card = judge(_ -> {});

        assertThat(card.purpose()).isEqualTo(Purpose.CONTROL);
        assertThat(card.overall().value()).isInstanceOf(Value.Inconclusive.class);
        assertThat(card.grade()).isEmpty();
        assertThat(card.verdicts())
                .allSatisfy(verdict -> assertThat(verdict.score().value()).isInstanceOf(Value.Inconclusive.class));
        assertThat(outcomes(card)).containsExactly("baseline-slo met", "quiet met", "bystanders-slo met");
        assertThat(card.scenarios().getFirst().landed()).isEmpty();
        assertThat(card.scenarios().getFirst().quiet()).contains(true);
    }

    @Test
    void anAlertAboutTheTargetIsAFindingEvenWhereAnAssessmentWouldExpectOne() {
        Scorecard card = judge(history ->
                history.at(40, "prometheus", 0.25, ServingRun.seen(AlertState.FIRING, ServingRun.slowTokens())));

        assertThat(outcomes(card)).contains("quiet not-met");
        assertThat(findings(card).get(1).message()).contains("nothing was broken, and these fired: SlowTokens");
    }

    @Test
    void anAlertAboutABystanderIsAFindingAndOneAboutSomethingElseIsNot() {
        assertThat(outcomes(judge(history -> fires(history, Map.of("namespace", "team-b", "workload", "sum")))))
                .contains("quiet not-met");
        assertThat(outcomes(judge(history -> fires(history, Map.of("namespace", "elsewhere")))))
                .contains("quiet met");
    }

    @Test
    void aBrokenPromiseIsAFindingWhenever() {
        Scorecard card =
                judge(history -> history.withoutLoad(request -> request.stream().equals(ServingRun.TARGET))
                        .load(5, 90, 20, intended -> Requests.ok(ServingRun.TARGET, "chat-0", intended, 40, 900)));

        assertThat(outcomes(card)).contains("baseline-slo not-met", "quiet met");
    }

    @Test
    void whatWasEndedEarlyIsKnownOnlyAsFarAsSomethingWasRaised() {
        Consumer<HistoryBuilder> stopped =
                history -> history.at(50, new Event.Stopped(ServingRun.ID, "the cluster stays silent"));

        assertThat(outcomes(judge(stopped))).contains("quiet unknown", "baseline-slo unknown");
        assertThat(outcomes(judge(
                        stopped.andThen(history -> fires(history, Map.of("namespace", "team-a", "workload", "chat"))))))
                .contains("quiet not-met");
    }

    @Test
    void silenceOfAnAlertingSystemThatIsNotThereIsNoQuiet() {
        Scorecard card = judge(history -> history.change(event -> event instanceof Event.Surveyed
                ? ServingRun.survey(Map.of(Need.ALERTMANAGER, Presence.ABSENT))
                : event));

        assertThat(outcomes(card)).contains("quiet unknown");
    }

    @Test
    void whatCouldNotRunIsUnknown() {
        Scorecard card = judge(history -> history.at(9, new Event.Invalid(ServingRun.ID, "no consent")));

        assertThat(outcomes(card)).contains("quiet unknown", "baseline-slo unknown");
        assertThat(card.scenarios().getFirst().invalid()).contains("invalid: no consent");
    }

    private static void fires(HistoryBuilder history, Map<String, String> labels) {
        history.at(40, "prometheus", 0.25, ServingRun.seen(AlertState.FIRING, ServingRun.alert("Other", labels)));
    }

    /** A run that goes through all its phases, quietly. */
    private static Scorecard judge(Consumer<HistoryBuilder> spoil) {
        Consumer<HistoryBuilder> control = history -> history.without(event -> event instanceof Event.AlertSeen
                        || event instanceof Event.Notified
                        || event instanceof Event.UndoMoved
                        || event instanceof Event.UndoPlanned
                        || event instanceof Event.LandedSeen)
                .withoutLoad(request -> request.stream().equals(ServingRun.TARGET))
                .load(5, 90, 20, intended -> Requests.ok(ServingRun.TARGET, "chat-0", intended, 40, 4))
                .at(0.5, new Event.ControlRun(List.of(ServingRun.ID)));
        return Judge.judge(ServingRun.input(List.of(SCENARIO), control.andThen(spoil), Platforms.standard()));
    }

    private static List<Finding> findings(Scorecard card) {
        return card.verdicts().stream()
                .flatMap(verdict -> verdict.findings().stream())
                .toList();
    }

    private static List<String> outcomes(Scorecard card) {
        return findings(card).stream()
                .map(finding -> finding.check().id() + " "
                        + (finding.outcome() == Outcome.NOT_MET
                                ? "not-met"
                                : finding.outcome().id()))
                .toList();
    }
}
