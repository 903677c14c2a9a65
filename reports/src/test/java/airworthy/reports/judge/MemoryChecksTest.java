package airworthy.reports.judge;

import static airworthy.model.Outcome.MET;
import static airworthy.model.Outcome.NOT_MET;
import static airworthy.model.Outcome.UNKNOWN;
import static airworthy.reports.judge.ServingRun.ID;
import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Check;
import airworthy.model.Event;
import airworthy.model.Event.PodCondition;
import airworthy.model.Event.PodSeen;
import airworthy.model.Finding;
import airworthy.model.Layer;
import airworthy.model.Outcome;
import airworthy.model.RequestOutcome;
import airworthy.model.RequestRecord;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The replica chat-0 is hit from second 31 to 61. */
class MemoryChecksTest {
    private static final Check CLEANLY = new Check.FailsCleanly();
    private static final Check NO_LOOP = new Check.NoCrashLoop(1);

    @ParameterizedTest
    @EnumSource(names = {"HTTP_5XX", "HTTP_4XX", "HTTP_429", "IN_BAND_ERROR"})
    void whatIsToldAsAnErrorFailsCleanly(RequestOutcome outcome) {
        Finding finding = finding(CLEANLY, history -> history.changeLoad(failing("chat-0", outcome)));
        assertThat(finding.outcome()).isEqualTo(MET);
        assertThat(finding.message()).contains("requests that failed at chat-0 were told so by an error");
        assertThat(finding.evidence()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"CUT", "TRUNCATED_CLEAN", "STALL_TIMEOUT", "FIRST_TOKEN_TIMEOUT", "CONNECT_FAIL"})
    void whatIsCutOrHangsDoesNot(RequestOutcome outcome) {
        Finding finding = finding(CLEANLY, history -> history.changeLoad(failing("chat-0", outcome)));
        assertThat(finding.outcome()).isEqualTo(NOT_MET);
        assertThat(finding.message()).contains("were not told so: " + outcome.id());
    }

    @Test
    void whatEndedWhileTheFaultWasComingCountsAndWhatEndedBeforeDoesNot() {
        assertThat(finding(CLEANLY, history -> history.changeLoad(failing("chat-0", RequestOutcome.CUT, 30.4, 30.8)))
                        .outcome())
                .isEqualTo(NOT_MET);
        assertThat(finding(CLEANLY, history -> history.changeLoad(failing("chat-0", RequestOutcome.CUT, 28, 29)))
                        .outcome())
                .isEqualTo(UNKNOWN);
    }

    @Test
    void whatFailsElsewhereIsAnotherMatterAndWhatFailsNobodyKnowsWhereIsNot() {
        Consumer<HistoryBuilder> elsewhere = history -> history.changeLoad(failing("chat-1", RequestOutcome.CUT));
        assertThat(finding(CLEANLY, elsewhere.andThen(asked(RequestOutcome.HTTP_5XX)))
                        .outcome())
                .isEqualTo(MET);
        assertThat(finding(
                                CLEANLY,
                                elsewhere.andThen(
                                        history -> history.changeLoad(request -> request.outcome() == RequestOutcome.CUT
                                                ? Requests.from(request, Optional.empty())
                                                : request)))
                        .outcome())
                .isEqualTo(NOT_MET);
    }

    @Test
    void howItFailsIsSeenByOurOwnQuestionsWhereNoRequestCameToIt() {
        assertThat(finding(CLEANLY, asked(RequestOutcome.HTTP_5XX)).outcome()).isEqualTo(MET);
        Finding cut = finding(CLEANLY, asked(RequestOutcome.CUT));
        assertThat(cut.outcome()).isEqualTo(NOT_MET);
        assertThat(cut.message()).contains("chat-0, asked directly, gave cut");
    }

    @Test
    void whereNothingFailedOrNobodyListenedNothingIsKnown() {
        assertThat(finding(CLEANLY, history -> {}).message()).contains("no request failed at chat-0");
        assertThat(finding(CLEANLY, history -> {}).outcome()).isEqualTo(UNKNOWN);
        assertThat(finding(CLEANLY, asked(RequestOutcome.CONNECT_FAIL)).outcome())
                .isEqualTo(UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({"2, MET", "3, MET", "4, NOT_MET"})
    void onceMayItBeStartedAgain(int restarts, Outcome outcome) {
        Finding finding = finding(
                NO_LOOP,
                history -> history.at(29, pods(pod("a", PodCondition.READY, 2)))
                        .at(40, pods(pod("a", PodCondition.NOT_READY, restarts)))
                        .at(63, pods(pod("a", PodCondition.READY, restarts))));
        assertThat(finding.outcome()).isEqualTo(outcome);
        assertThat(finding.message()).contains("started again " + (restarts - 2) + " times, at most 1");
    }

    @Test
    void oneThatTheKubeletHoldsBackIsInALoopHoweverFewItsRestarts() {
        Finding finding = finding(
                NO_LOOP,
                history -> history.at(29, pods(pod("a", PodCondition.READY, 0)))
                        .at(40, pods(pod("a", PodCondition.CRASH_LOOPING, 1))));
        assertThat(finding.outcome()).isEqualTo(NOT_MET);
        assertThat(finding.message()).contains("ends again and again");
        assertThat(finding.evidence()).hasSize(1);
    }

    @Test
    void oneThatIsReplacedHasEndedOnce() {
        Consumer<HistoryBuilder> replaced = history -> history.at(29, pods(pod("a", PodCondition.READY, 0)))
                .at(40, pods(pod("a", PodCondition.NOT_READY, 0)))
                .at(41, pods(pod("b", PodCondition.READY, 0)));
        assertThat(finding(NO_LOOP, replaced).outcome()).isEqualTo(MET);
        assertThat(finding(NO_LOOP, replaced.andThen(history -> history.at(45, pods(pod("b", PodCondition.READY, 1)))))
                        .outcome())
                .isEqualTo(NOT_MET);
    }

    @Test
    void aPodThatWasNotLookedAtBeforeAndWhileTheFaultWasOnTellsNothing() {
        assertThat(finding(NO_LOOP, history -> history.at(40, pods(pod("a", PodCondition.READY, 0))))
                        .outcome())
                .isEqualTo(UNKNOWN);
        Finding never = finding(NO_LOOP, history -> history.at(29, pods(pod("a", PodCondition.READY, 0))));
        assertThat(never.outcome()).isEqualTo(UNKNOWN);
        assertThat(never.message()).contains("was not seen while the fault was on");
    }

    private static Finding finding(Check check, Consumer<HistoryBuilder> spoil) {
        return ServingRun.finding(check, history -> {
            history.change(event -> event instanceof Event.Planned planned
                    ? new Event.Planned(
                            planned.scenario(),
                            planned.target(),
                            "mock",
                            Set.of(Layer.CLIENT, Layer.ENGINE_METRICS, Layer.WORKLOAD),
                            planned.changes())
                    : event);
            spoil.accept(history);
        });
    }

    private static UnaryOperator<RequestRecord> failing(String replica, RequestOutcome outcome) {
        return failing(replica, outcome, 32, 33);
    }

    private static UnaryOperator<RequestRecord> failing(
            String replica, RequestOutcome outcome, double from, double to) {
        return request -> request.stream().equals(ServingRun.TARGET)
                        && request.replica().filter(replica::equals).isPresent()
                        && request.intendedNs() >= HistoryBuilder.ns(from)
                        && request.intendedNs() < HistoryBuilder.ns(to)
                ? Requests.ended(request, outcome)
                : request;
    }

    private static Consumer<HistoryBuilder> asked(RequestOutcome outcome) {
        return history -> history.at(40, new Event.ReplicaAsked(ID, "chat-0", outcome, "503"));
    }

    private static Event.PodsSeen pods(PodSeen pod) {
        return new Event.PodsSeen(ID, "gpu-1", List.of(pod));
    }

    private static PodSeen pod(String uid, PodCondition condition, int restarts) {
        return new PodSeen("team-a", "chat-0", uid, Optional.of("gpu-1"), true, condition, restarts, List.of());
    }
}
