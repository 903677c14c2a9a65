package airworthy.reports.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import airworthy.model.AlertState;
import airworthy.model.Capability;
import airworthy.model.Event;
import airworthy.model.History;
import airworthy.model.PlatformLayer;
import airworthy.model.RequestOutcome;
import airworthy.model.RequestRecord;
import airworthy.model.Scenario;
import airworthy.model.ScenarioReport;
import airworthy.model.ScenarioReport.Hop;
import airworthy.model.Score.Value;
import airworthy.model.Scorecard;
import airworthy.model.Scorecard.Purpose;
import airworthy.model.UndoState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeTest {
    private static final Scenario SCENARIO = ServingRun.scenario(ServingRun.CHECKS);

    @Test
    void theCardSaysWhatRunItIsOf() {
        Scorecard card = judge(history -> {});
        assertThat(card.runId()).isEqualTo("r-1");
        assertThat(card.seed()).isEqualTo(42);
        assertThat(card.suite()).isEqualTo("v1-preview");
        assertThat(card.planned()).isEqualTo(49);
        assertThat(card.timeScale()).isEqualTo(30);
        assertThat(card.startedAt()).isEqualTo(HistoryBuilder.START);
        assertThat(card.duration()).isEqualTo(Duration.ofSeconds(97));
        assertThat(card.kubernetesVersion()).contains("v1.35.0");
        assertThat(card.purpose()).isEqualTo(Purpose.ASSESSMENT);
        assertThat(card.restored()).isTrue();
        assertThat(card.verdicts()).extracting(verdict -> verdict.capability()).containsExactly(Capability.values());
    }

    @Test
    void allMetIsTenForTheCapabilityAndInconclusiveForTheRest() {
        Scorecard card = judge(history -> {});
        assertThat(ScoringTest.of(card.verdicts(), Capability.SERVING).score().value())
                .isEqualTo(new Value.Points(10));
        assertThat(card.verdicts().getFirst().score().value()).isInstanceOf(Value.Inconclusive.class);
        assertThat(card.overall().value()).isInstanceOf(Value.Inconclusive.class);
        assertThat(card.grade()).isEmpty();
    }

    @Test
    void everyHopOfTheDetectionClockIsStamped() {
        ScenarioReport report = judge(history -> {}).scenarios().getFirst();
        assertThat(report.timeline()).containsOnlyKeys(Hop.values());
        assertHop(report, Hop.ONSET, 0, 0);
        // The first request of the slow replica is intended at onset; its second token is due at 40 + 50 ms.
        assertHop(report, Hop.EFFECT, 90, 0);
        assertHop(report, Hop.METRIC, 2000, 0);
        assertHop(report, Hop.PENDING, 4000, 250);
        assertHop(report, Hop.FIRING, 6000, 250);
        assertHop(report, Hop.NOTIFIED, 6500, 0);
        assertHop(report, Hop.RESOLVED, 36000, 0);
        assertThat(hop(report, Hop.FIRING).source()).isEqualTo("prometheus");
        assertThat(report.routedTo()).containsExactly("ml-page");
        assertThat(report.quiet()).contains(true);
        assertThat(report.injector()).contains("resize");
    }

    @Test
    void aMetricThatBarelyMovesIsNoHop() {
        Scorecard card = judge(history -> history.change(event -> event instanceof Event.SignalSampled sample
                ? new Event.SignalSampled(sample.scenario(), "itl", "chat-0", Math.min(sample.value(), 0.006), "s")
                : event));
        assertThat(card.scenarios().getFirst().timeline()).doesNotContainKey(Hop.METRIC);
    }

    @Test
    void theClientsFiguresAreThoseOfTheTarget() {
        ScenarioReport.LoadSummary load =
                judge(history -> {}).scenarios().getFirst().load().orElseThrow();
        assertThat(load.requests()).isEqualTo(1700);
        assertThat(load.outcomes()).containsOnlyKeys(RequestOutcome.OK);
        assertThat(load.firstToken().samples()).isEqualTo(1700);
        assertThat(load.firstToken().p99()).contains(Duration.ofMillis(40));
        assertThat(load.gap().p50()).contains(Duration.ofMillis(4));
        assertThat(load.distrust()).isEmpty();
    }

    @Test
    void hurtIsMeasuredFromTheEffectToTheNotification() {
        Scorecard.HurtBeforeTold hurt = judge(history -> {}).hurt();
        assertThat(hurt.worst()).contains(Duration.ofMillis(6410));
        assertThat(hurt.median()).contains(Duration.ofMillis(6410));
        // 30 of the first 3 s, then those of 34 and 36 s; what breaks after 37.5 s is not counted.
        assertThat(hurt.requests()).isEqualTo(32);
        assertThat(hurt.neverTold()).isZero();
    }

    @Test
    void whoWasUnderWayWhenTheFaultCameIsHurtToo() {
        long before = HistoryBuilder.ns(ServingRun.ONSET - 0.05);
        Scorecard.HurtBeforeTold hurt = judge(history -> history.changeLoad(request -> request.intendedNs() == before
                        ? Requests.ok(request.stream(), "chat-0", before, 40, 100)
                        : request))
                .hurt();
        assertThat(hurt.requests()).isEqualTo(33);
        assertThat(hurt.worst()).contains(Duration.ofMillis(6460));
    }

    @Test
    void aPromiseBrokenByLessThanTheClientsErrorHurtsNobody() {
        long before = HistoryBuilder.ns(ServingRun.ONSET - 0.05);
        UnaryOperator<RequestRecord> barely = request ->
                request.intendedNs() == before ? Requests.ok(request.stream(), "chat-0", before, 40, 55) : request;

        assertThat(judge(history -> history.changeLoad(barely)).hurt().requests())
                .isEqualTo(33);
        assertThat(judge(history -> history.changeLoad(request -> Requests.lagging(barely.apply(request), 6)))
                        .hurt()
                        .requests())
                .isEqualTo(32);
    }

    @Test
    void hurtWithNobodyToldIsCountedAsNeverTold() {
        Scorecard.HurtBeforeTold hurt = judge(history ->
                        history.without(event -> event instanceof Event.Notified || event instanceof Event.AlertSeen))
                .hurt();
        assertThat(hurt).isEqualTo(new Scorecard.HurtBeforeTold(Optional.empty(), Optional.empty(), 0, 1));
    }

    @Test
    void nobodyHurtOrNothingKnownIsNotCounted() {
        Scorecard.HurtBeforeTold none = new Scorecard.HurtBeforeTold(Optional.empty(), Optional.empty(), 0, 0);
        assertThat(judge(history -> history.changeLoad(
                                request -> Requests.ok(request.stream(), "chat-0", request.intendedNs(), 40, 4)))
                        .hurt())
                .isEqualTo(none);
        assertThat(judge(history -> history.at(40, new Event.Stopped(ServingRun.ID, "x")))
                        .hurt())
                .isEqualTo(none);
        assertThat(Judge.judge(ServingRun.input(List.of(SCENARIO), history -> {}, Platforms.withoutWebhook()))
                        .hurt())
                .isEqualTo(none);
    }

    @Test
    void aSimulatedClusterMakesASelfTestWhateverTheProfileSays() {
        assertThat(judge(history -> history.change(event -> event instanceof Event.Surveyed survey
                                ? new Event.Surveyed(
                                        survey.parts(),
                                        survey.kubernetesVersion(),
                                        Set.of(PlatformLayer.KUBERNETES),
                                        survey.intervalsNs(),
                                        survey.receivers())
                                : event))
                        .purpose())
                .isEqualTo(Purpose.SELF_TEST);
    }

    @Test
    void restoredNeedsEveryStepAndTheRunsOwnWord() {
        assertThat(judge(history -> history.change(
                                event -> event instanceof Event.RunEnded ? new Event.RunEnded(false) : event))
                        .restored())
                .isFalse();
        assertThat(judge(history ->
                                history.at(98, new Event.UndoMoved(ServingRun.ID, "SRV-4/0", UndoState.FAILED, "gone")))
                        .restored())
                .isFalse();
        assertThat(judge(history -> history.without(Event.RunEnded.class::isInstance))
                        .restored())
                .isFalse();
    }

    @Test
    void aHistoryWithoutAStartIsRefused() {
        assertThatThrownBy(() -> judge(history -> history.without(Event.RunStarted.class::isInstance)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no record of how the run started");
    }

    @Test
    void judgingOneScenarioSaysTheSameAsJudgingTheRun() {
        JudgeInput input = ServingRun.input(List.of(SCENARIO), history -> {}, Platforms.standard());
        Scorecard card = Judge.judge(input);
        ScenarioJudgement one = Judge.judge(SCENARIO, input);
        assertThat(one.report()).isEqualTo(card.scenarios().getFirst());
        assertThat(one.findings())
                .isEqualTo(ScoringTest.of(card.verdicts(), Capability.SERVING).findings());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theOrderOfLoadRecordsChangesNothing(long seed) {
        JudgeInput input = ServingRun.input(
                List.of(SCENARIO),
                history -> history.at(20, "prometheus", 0, ServingRun.seen(AlertState.FIRING, ServingRun.slowTokens())),
                Platforms.standard());
        List<RequestRecord> shuffled = new ArrayList<>(input.history().load());
        Collections.shuffle(shuffled, new Random(seed));
        JudgeInput other = new JudgeInput(
                input.suite(),
                input.suiteName(),
                input.planned(),
                input.profile(),
                new History(input.history().entries(), shuffled));
        assertThat(Judge.judge(other)).isEqualTo(Judge.judge(input)).isEqualTo(Judge.judge(input));
    }

    private static void assertHop(ScenarioReport report, Hop hop, double ms, double errorMs) {
        ScenarioReport.HopTime time = hop(report, hop);
        assertThat(time.sinceOnset().length().toNanos() / 1e6).as(hop.name()).isCloseTo(ms, within(0.01));
        assertThat(time.sinceOnset().error().toNanos() / 1e6).as(hop.name()).isCloseTo(errorMs, within(0.01));
    }

    private static ScenarioReport.HopTime hop(ScenarioReport report, Hop hop) {
        return Optional.ofNullable(report.timeline().get(hop)).orElseThrow();
    }

    private static Scorecard judge(Consumer<HistoryBuilder> spoil) {
        return Judge.judge(ServingRun.input(List.of(SCENARIO), spoil, Platforms.standard()));
    }
}
