package airworthy.reports.judge;

import static airworthy.model.Outcome.MET;
import static airworthy.model.Outcome.NOT_MET;
import static airworthy.model.Outcome.UNKNOWN;
import static airworthy.reports.judge.SpendRun.MORE;
import static airworthy.reports.judge.SpendRun.finding;
import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Check;
import airworthy.model.Event;
import airworthy.model.Finding;
import airworthy.model.Outcome;
import airworthy.model.RequestOutcome;
import airworthy.model.RequestRecord;
import airworthy.model.Share;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SpendChecksTest {
    private static final Check REFUSED = new Check.OverspendRefused();
    private static final Check METERED = new Check.TokensMetered(new Share(0.02));

    @Test
    void whatGoesBeyondTheBudgetIsRefusedInOrder() {
        Finding finding = finding(REFUSED, history -> {});

        assertThat(finding.message())
                .contains("400 of 800 requests", "16,000 tokens were granted", "11 windows of 2.00 s");
        assertThat(finding.outcome()).isEqualTo(MET);
    }

    @Test
    void aRefusalWithoutRetryAfterIsNotMet() {
        Finding finding = finding(
                REFUSED,
                history -> history.changeLoad(
                        refusals(request -> SpendRun.refused(MORE, request.intendedNs(), "HTTP 429, slow down"))));

        assertThat(finding.message())
                .contains("400 of them otherwise than by 429 with Retry-After: http-429 (HTTP 429, slow down)");
        assertThat(finding.outcome()).isEqualTo(NOT_MET);
    }

    @ParameterizedTest
    @EnumSource(
            value = RequestOutcome.class,
            names = {"HTTP_4XX", "HTTP_5XX", "CUT", "FIRST_TOKEN_TIMEOUT", "TRUNCATED_CLEAN", "CONNECT_FAIL"})
    void oneThatFailsOtherwiseIsNotMet(RequestOutcome outcome) {
        assertThat(finding(
                                REFUSED,
                                history -> history.load(
                                        20,
                                        20.1,
                                        10,
                                        intended -> SpendRun.request(MORE, intended, outcome, OptionalInt.empty(), "")))
                        .outcome())
                .isEqualTo(NOT_MET);
    }

    @Test
    void moreThanTheBudgetIsNotMetThoughSomeIsRefused() {
        Finding finding = finding(
                REFUSED,
                history -> history.load(10, 29.9, 10, intended -> SpendRun.answered(MORE, intended + 5_000_000)));

        assertThat(finding.message()).contains("tokens were granted, at most");
        assertThat(finding.outcome()).isEqualTo(NOT_MET);
    }

    @Test
    void nothingRefusedAndNoMoreGrantedThanTheBudgetSaysNothing() {
        assertThat(finding(
                                REFUSED,
                                history -> history.withoutLoad(request -> request.outcome() == RequestOutcome.HTTP_429))
                        .outcome())
                .isEqualTo(UNKNOWN);
    }

    @Test
    void whoHasNoBudgetOrIsNotToldItsUsageCannotBeJudged() {
        assertThat(finding(REFUSED, Optional.empty(), history -> {}).outcome()).isEqualTo(UNKNOWN);
        assertThat(finding(REFUSED, history -> history.changeLoad(SpendChecksTest::withoutUsage))
                        .outcome())
                .isEqualTo(UNKNOWN);
        assertThat(finding(METERED, history -> history.changeLoad(SpendChecksTest::withoutUsage))
                        .outcome())
                .isEqualTo(UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, MET", "380, 0, MET", "0, 380, MET", "600, 0, UNKNOWN", "1000, 0, NOT_MET", "0, 9000, NOT_MET"})
    void whatTheGatewayBooksIsHeldAgainstTheClientsLedger(int more, int less, Outcome outcome) {
        Finding finding = finding(METERED, audit(SpendRun.audit(more, less)));

        assertThat(finding.outcome()).as(finding.message()).isEqualTo(outcome);
    }

    @Test
    void recordsOfOtherTenantsDoNotCount() {
        assertThat(finding(METERED, history -> {}).message())
                .contains("book 19,400 tokens to team-x, the client was told of 19,200");
    }

    @Test
    void recordsThatCouldNotBeReadSayNothing() {
        assertThat(finding(METERED, history -> history.without(Event.AuditRead.class::isInstance))
                        .outcome())
                .isEqualTo(UNKNOWN);
        Finding blind = finding(
                METERED, audit(new Event.AuditRead(SpendRun.ID, 0, 1, List.of(), Optional.of("the log was rotated"))));
        assertThat(blind.outcome()).isEqualTo(UNKNOWN);
        assertThat(blind.message()).contains("the log was rotated");
    }

    private static Consumer<HistoryBuilder> audit(Event.AuditRead instead) {
        return history -> history.change(event -> event instanceof Event.AuditRead ? instead : event);
    }

    private static UnaryOperator<RequestRecord> refusals(UnaryOperator<RequestRecord> change) {
        return request -> request.outcome() == RequestOutcome.HTTP_429 ? change.apply(request) : request;
    }

    private static RequestRecord withoutUsage(RequestRecord request) {
        return SpendRun.request(
                request.stream(), request.intendedNs(), request.outcome(), OptionalInt.empty(), request.detail());
    }
}
