package airworthy.reports.judge;

import static airworthy.model.Outcome.MET;
import static airworthy.model.Outcome.NOT_MET;
import static airworthy.model.Outcome.UNKNOWN;
import static airworthy.reports.judge.ServingRun.BYSTANDER;
import static airworthy.reports.judge.ServingRun.TARGET;
import static airworthy.reports.judge.ServingRun.TRAFFIC;
import static airworthy.reports.judge.ServingRun.finding;
import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Check;
import airworthy.model.Event;
import airworthy.model.Finding;
import airworthy.model.RequestOutcome;
import airworthy.model.RequestRecord;
import airworthy.model.Share;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ClientChecksTest {
    private static final Check ANSWERS = new Check.AnswersComplete(new Share(0.95));
    private static final Check BASELINE = new Check.BaselineSlo();
    private static final Check OTHERS = new Check.OtherReplicasSlo();
    private static final Check BYSTANDERS = new Check.BystandersSlo();

    @Test
    void baselineIsMetAtTheSharpestPercentileTheSampleAllows() {
        Finding finding = finding(BASELINE, history -> {});
        assertThat(finding.outcome()).isEqualTo(MET);
        assertThat(finding.message())
                .contains("p90 of first token is 40 ms, at most 250 ms (n = 400; p99 needs 1,000; ± 0.50 ms)")
                .contains("p99 of token gap is 4.00 ms, at most 50 ms (n = 3,59");
        assertThat(finding.evidence()).isNotEmpty();
    }

    @Test
    void baselineIsNotMetWhenEightOfAHundredFailAndSixAreSlow() {
        Finding finding = finding(BASELINE, load(between(10, 30), request -> switch ((int) (number(request) % 100)) {
            case 1, 2, 3, 4, 5, 6, 7, 8 -> Requests.ended(request, RequestOutcome.CUT);
            case 11, 12, 13, 14, 15, 16 -> slow(request);
            default -> request;
        }));
        assertThat(finding.outcome()).isEqualTo(NOT_MET);
        assertThat(finding.message()).contains("p90 of first token is");
    }

    @Test
    void aFailedAnswerCannotImproveAPercentile() {
        Finding finding = finding(
                BASELINE, load(between(10, 30), request -> Requests.ended(request, RequestOutcome.TRUNCATED_CLEAN)));
        assertThat(finding.outcome()).isEqualTo(NOT_MET);
        assertThat(finding.message()).contains("p90 of first token is never");
    }

    @Test
    void tooFewRequestsSayNothing() {
        Finding finding = finding(BASELINE, history -> history.withoutLoad(between(10, 25.1)));
        assertThat(finding.outcome()).isEqualTo(UNKNOWN);
        assertThat(finding.message()).contains("too few samples of first token: 98, p90 needs 100");
    }

    @Test
    void aGeneratorThatLagsIsNotTrusted() {
        Finding finding = finding(BASELINE, load(between(10, 30), request -> Requests.lagging(request, 14)));
        assertThat(finding.outcome()).isEqualTo(UNKNOWN);
        assertThat(finding.message()).contains("p99 of its lag is 14 ms, at most 13 ms (a quarter");
    }

    @Test
    void whatALaggingGeneratorMeasuredFarFromTheBoundStillCounts() {
        Finding finding = finding(BASELINE, load(between(10, 30), request -> Requests.lagging(request, 12)));
        assertThat(finding.outcome()).isEqualTo(MET);
        assertThat(finding.message()).contains("± 12 ms");
    }

    @Test
    void aTimeWithinTheGeneratorsErrorOfItsBoundSaysNothing() {
        Finding near = finding(
                BASELINE,
                load(
                        between(10, 30),
                        request -> Requests.lagging(
                                Requests.ok(request.stream(), "chat-0", request.intendedNs(), 245, 4), 6)));
        assertThat(near.outcome()).isEqualTo(UNKNOWN);
        assertThat(near.message())
                .contains("within the load generator's error of its bound: p90 of first token is 245 ms");
        Finding over = finding(
                BASELINE,
                load(
                        between(10, 30),
                        request -> Requests.lagging(
                                Requests.ok(request.stream(), "chat-0", request.intendedNs(), 257, 4), 6)));
        assertThat(over.outcome()).isEqualTo(NOT_MET);
    }

    @Test
    void oneSkippedRequestSpoilsTheScenario() {
        Finding finding = finding(
                ANSWERS, load(between(40, 40.01), request -> Requests.ended(request, RequestOutcome.SKIPPED_BY_CAP)));
        assertThat(finding.outcome()).isEqualTo(UNKNOWN);
        assertThat(finding.message()).contains("it skipped 1 of ");
    }

    @Test
    void theGeneratorIsOneProcessSoLagInOneWindowSpoilsTheOthers() {
        assertThat(finding(BASELINE, load(between(40, 60), request -> Requests.lagging(request, 60)))
                        .outcome())
                .isEqualTo(UNKNOWN);
    }

    @Test
    void aStreamUnderWayWhenTheFaultCameIsJudgedByWhatCameBeforeIt() {
        Finding finding = finding(
                BASELINE,
                load(
                        between(29.4, 30),
                        request -> Requests.ok(request.stream(), "chat-0", request.intendedNs(), 40, 3_000)));
        assertThat(finding.outcome()).isEqualTo(MET);
        assertThat(finding.message()).contains("p90 of first token is 40 ms", "p99 of token gap is 4.00 ms");
    }

    @Test
    void trafficThatLeavesTheSlowReplicaIsMet() {
        Finding finding = finding(TRAFFIC, history -> {});
        assertThat(finding.outcome()).isEqualTo(MET);
        assertThat(finding.message()).contains("from 5.00 s after onset chat-0 got 2.4% (12 of 500)", "at most 5%");
    }

    @Test
    void trafficThatStaysIsNotMet() {
        Finding finding = finding(
                TRAFFIC,
                load(between(34, 61), request -> Requests.from(request, Optional.of("chat-" + number(request) % 2))));
        assertThat(finding.outcome()).isEqualTo(NOT_MET);
        assertThat(finding.message()).contains("50.0% (250 of 500)");
        assertThat(finding.evidence()).allSatisfy(each -> assertThat(each).startsWith("load:SRV-4/target#"));
    }

    @Test
    void trafficOfUnknownReplicasIsUnknown() {
        Finding finding = finding(
                TRAFFIC,
                load(
                        between(34, 61),
                        request -> number(request) % 8 == 1 ? Requests.from(request, Optional.empty()) : request));
        assertThat(finding.outcome()).isEqualTo(UNKNOWN);
        assertThat(finding.message()).contains("at most 10.0% may be");
    }

    @Test
    void fewerStartsThanTheRateNeedsAreUnknown() {
        Finding finding = finding(TRAFFIC, history -> history.withoutLoad(between(45, 61)));
        assertThat(finding.outcome()).isEqualTo(UNKNOWN);
        assertThat(finding.message()).contains("too few samples: 180, needs 200");
    }

    @Test
    void wholeAnswersAreCountedOfThoseScheduledDuringTheFault() {
        assertThat(finding(ANSWERS, load(between(10, 30), request -> Requests.ended(request, RequestOutcome.CUT)))
                        .outcome())
                .isEqualTo(MET);
        Finding broken = finding(
                ANSWERS,
                load(
                        between(31, 61),
                        request -> number(request) % 18 == 0
                                ? Requests.ended(request, RequestOutcome.STALL_TIMEOUT)
                                : request));
        assertThat(broken.outcome()).isEqualTo(NOT_MET);
        assertThat(broken.message()).contains("94.3%", "at least 95%");
    }

    @Test
    void aBoundOfAllAnswersCannotBeShown() {
        assertThat(finding(new Check.AnswersComplete(new Share(1)), history -> {})
                        .outcome())
                .isEqualTo(UNKNOWN);
    }

    @Test
    void bystandersAreHeldToTheirOwnPromise() {
        assertThat(finding(BYSTANDERS, history -> {}).outcome()).isEqualTo(MET);
        assertThat(finding(
                                BYSTANDERS,
                                history -> history.changeLoad(
                                        request -> request.stream().equals(BYSTANDER) ? slow(request) : request))
                        .outcome())
                .isEqualTo(NOT_MET);
        assertThat(finding(
                                BYSTANDERS,
                                history -> history.without(event ->
                                        event instanceof Event.LoadOn on && on.role() == Event.LoadRole.BYSTANDER))
                        .outcome())
                .isEqualTo(UNKNOWN);
    }

    @Test
    void otherReplicasAreJudgedWithoutTheHitOne() {
        assertThat(finding(OTHERS, history -> {}).outcome()).isEqualTo(MET);
        assertThat(finding(
                                OTHERS,
                                load(
                                        between(31, 61),
                                        request -> request.replica().equals(Optional.of("chat-1"))
                                                ? slow(request)
                                                : request))
                        .outcome())
                .isEqualTo(NOT_MET);
        assertThat(finding(OTHERS, load(between(31, 61), request -> Requests.from(request, Optional.empty())))
                        .outcome())
                .isEqualTo(UNKNOWN);
    }

    private static Consumer<HistoryBuilder> load(Predicate<RequestRecord> which, UnaryOperator<RequestRecord> change) {
        return history -> history.changeLoad(request -> which.test(request) ? change.apply(request) : request);
    }

    private static Predicate<RequestRecord> between(double from, double to) {
        return request -> request.stream().equals(TARGET)
                && request.intendedNs() >= HistoryBuilder.ns(from)
                && request.intendedNs() < HistoryBuilder.ns(to);
    }

    private static long number(RequestRecord request) {
        return Math.round((request.intendedNs() - HistoryBuilder.ns(5)) / 5e7);
    }

    private static RequestRecord slow(RequestRecord request) {
        return Requests.ok(request.stream(), request.replica().orElse(""), request.intendedNs(), 300, 60);
    }
}
