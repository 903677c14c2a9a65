package airworthy.reports.judge;

import static airworthy.model.Outcome.MET;
import static airworthy.model.Outcome.NOT_MET;
import static airworthy.model.Outcome.UNKNOWN;
import static airworthy.reports.judge.ServingRun.ID;
import static airworthy.reports.judge.ServingRun.NOTIFY;
import static airworthy.reports.judge.ServingRun.TRAFFIC;
import static airworthy.reports.judge.ServingRun.finding;
import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Check;
import airworthy.model.Event;
import airworthy.model.Finding;
import airworthy.model.Layer;
import airworthy.model.Need;
import airworthy.model.Presence;
import airworthy.model.Question;
import airworthy.model.Scenario;
import airworthy.model.ScenarioReport;
import airworthy.model.Share;
import airworthy.model.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class StandingTest {
    @Test
    void aSoundRunHasLanded() {
        ScenarioReport report = report(history -> {});
        assertThat(report.invalid()).isEmpty();
        assertThat(report.landed()).contains(true);
        assertThat(report.answers()).containsOnlyKeys(Question.values());
        assertThat(report.answers().values()).containsOnly(MET);
    }

    @Test
    void aFaultThatNeverHeldIsInvalid() {
        ScenarioReport report = report(history -> landed(history, false));
        assertThat(report.invalid().orElseThrow()).startsWith("not landed").contains("5 ms");
        assertThat(report.landed()).contains(false);
        assertThat(report.answers().values()).containsOnly(UNKNOWN);
    }

    @Test
    void aFaultThatLapsedIsInvalid() {
        ScenarioReport report =
                report(history -> history.at(55, new Event.LandedSeen(ID, Layer.CLIENT, false, "gap 4 ms")));
        assertThat(report.invalid().orElseThrow()).startsWith("lapsed").contains("gap 4 ms");
        assertThat(report.landed()).contains(false);
    }

    @Test
    void aFaultThatTookAWhileOrIsGoneAfterHealingIsSound() {
        ScenarioReport report =
                report(history -> history.at(31.2, new Event.LandedSeen(ID, Layer.CLIENT, false, "gap 4 ms"))
                        .at(63, new Event.LandedSeen(ID, Layer.CLIENT, false, "gap 4 ms")));
        assertThat(report.invalid()).isEmpty();
    }

    @Test
    void withoutAnyLookNothingIsKnown() {
        ScenarioReport report = report(history -> history.without(Event.LandedSeen.class::isInstance));
        assertThat(report.invalid()).isPresent();
        assertThat(report.landed()).isEmpty();
    }

    @Test
    void invalidStoppedAndUnfinishedScenariosAreUnknown() {
        assertThat(finding(NOTIFY, history -> history.at(40, new Event.Invalid(ID, "no baseline")))
                        .message())
                .isEqualTo("invalid: no baseline");
        assertThat(finding(NOTIFY, history -> history.at(40, new Event.Stopped(ID, "bystander burns")))
                        .message())
                .isEqualTo("stopped: bystander burns");
        assertThat(finding(NOTIFY, history -> history.without(Event.ScenarioEnded.class::isInstance))
                        .message())
                .startsWith("not finished");
        for (Consumer<HistoryBuilder> flaw : List.<Consumer<HistoryBuilder>>of(
                history -> history.at(40, new Event.Invalid(ID, "x")),
                history -> history.at(40, new Event.Stopped(ID, "x")),
                history -> history.without(Event.FaultApplied.class::isInstance))) {
            assertThat(report(flaw).answers().values()).containsOnly(UNKNOWN);
        }
    }

    @Test
    void anAbsentPartIsNotMetForWhatNeedsItAndNothingElse() {
        Consumer<HistoryBuilder> absent = survey(Map.of(Need.ALERTMANAGER, Presence.ABSENT));
        Finding notify = finding(NOTIFY, absent);
        assertThat(notify.outcome()).isEqualTo(NOT_MET);
        assertThat(notify.message()).contains("alertmanager is absent: looked for alertmanager");
        assertThat(finding(TRAFFIC, absent).outcome()).isEqualTo(MET);
        assertThat(report(absent).quiet()).isEmpty();
    }

    @Test
    void anUnreadablePartIsUnknownAndADeclaredAbsenceIsAbsence() {
        assertThat(finding(NOTIFY, survey(Map.of(Need.ALERTMANAGER, Presence.UNREADABLE)))
                        .outcome())
                .isEqualTo(UNKNOWN);
        assertThat(finding(NOTIFY, history -> {}, Platforms.declaredAbsent(Need.ALERTMANAGER))
                        .outcome())
                .isEqualTo(NOT_MET);
        assertThat(finding(NOTIFY, history -> history.without(Event.Surveyed.class::isInstance))
                        .outcome())
                .isEqualTo(UNKNOWN);
    }

    @Test
    void aScenarioWhoseTargetIsAbsentIsNotMetThroughout() {
        assertThat(report(absentTarget(Presence.ABSENT)).answers().values()).containsOnly(NOT_MET);
        assertThat(report(absentTarget(Presence.UNREADABLE)).answers().values()).containsOnly(UNKNOWN);
    }

    @Test
    void whatTheInjectorCannotReachIsUnknown() {
        Finding finding = finding(NOTIFY, planned(ServingRun.target(), Set.of(Layer.CLIENT)));
        assertThat(finding.outcome()).isEqualTo(UNKNOWN);
        assertThat(finding.message()).startsWith("not reachable by injector traffic: it touches client");
        assertThat(finding(TRAFFIC, planned(ServingRun.target(), Set.of(Layer.CLIENT)))
                        .outcome())
                .isEqualTo(MET);
    }

    @Test
    void aCheckThatBreaksSpoilsNoOther() {
        Check broken = new Check.TrafficMoves(Duration.ofSeconds(Long.MAX_VALUE), new Share(0.05));
        Scenario scenario = ServingRun.scenario(List.of(broken, NOTIFY));
        List<Finding> findings = Judge.judge(
                        scenario, ServingRun.input(List.of(scenario), history -> {}, Platforms.standard()))
                .findings();
        assertThat(findings.getFirst().outcome()).isEqualTo(UNKNOWN);
        assertThat(findings.getFirst().message()).startsWith("the check broke: ");
        assertThat(findings.getLast().outcome()).isEqualTo(MET);
    }

    @Test
    void anAlertAboutATargetWithoutReplicaIsStillJudged() {
        Target whole = new Target(
                "chat", ServingRun.target().names(), Map.of(), Optional.of("chat"), Optional.empty(), List.of());
        assertThat(finding(TRAFFIC, planned(whole, Set.of(Layer.ENGINE_METRICS)))
                        .outcome())
                .isEqualTo(UNKNOWN);
        assertThat(finding(NOTIFY, planned(whole, Set.of(Layer.ENGINE_METRICS))).outcome())
                .isEqualTo(MET);
    }

    private static Consumer<HistoryBuilder> planned(Target target, Set<Layer> touches) {
        return history -> history.change(event ->
                event instanceof Event.Planned ? new Event.Planned(ID, target, "traffic", touches, List.of()) : event);
    }

    private static Consumer<HistoryBuilder> absentTarget(Presence presence) {
        return history -> {
            survey(Map.of(Need.INFERENCE, presence)).accept(history);
            history.at(2.5, new Event.Invalid(ID, "no model is served"));
        };
    }

    private static Consumer<HistoryBuilder> survey(Map<Need, Presence> parts) {
        return history -> history.change(event -> event instanceof Event.Surveyed ? ServingRun.survey(parts) : event);
    }

    private static void landed(HistoryBuilder history, boolean holds) {
        history.change(event ->
                event instanceof Event.LandedSeen ? new Event.LandedSeen(ID, Layer.CLIENT, holds, "gap 5 ms") : event);
    }

    private static ScenarioReport report(Consumer<HistoryBuilder> spoil) {
        Scenario scenario = ServingRun.scenario(ServingRun.CHECKS);
        return Judge.judge(scenario, ServingRun.input(List.of(scenario), spoil, Platforms.standard()))
                .report();
    }
}
