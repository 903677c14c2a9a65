package airworthy.reports.judge;

import static airworthy.model.Outcome.MET;
import static airworthy.model.Outcome.NOT_MET;
import static airworthy.model.Outcome.UNKNOWN;
import static airworthy.reports.judge.TenantRun.asked;
import static airworthy.reports.judge.TenantRun.finding;
import static airworthy.reports.judge.TenantRun.held;
import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Check;
import airworthy.model.Event;
import airworthy.model.Event.ClaimAsked;
import airworthy.model.Event.ClaimPurpose;
import airworthy.model.Event.DevicesHeld;
import airworthy.model.Finding;
import airworthy.model.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaChecksTest {
    private static final Check EXCESS = new Check.ExcessRefused();
    private static final Check NEVER_ABOVE = new Check.NeverAboveQuota();
    private static final Check NEXT = new Check.NextTenantServed(Duration.ofMinutes(2));

    @Test
    void excessIsMetWhenRefusedByNameOrQueued() {
        Finding finding = finding(EXCESS, history -> {});
        assertThat(finding.outcome()).isEqualTo(MET);
        assertThat(finding.message()).contains("excess-0 was refused", "excess-1 was queued");
    }

    @ParameterizedTest
    @CsvSource({
        "403, exceeded quota: x, MET",
        "403, limit of gpus reached, MET",
        "403, forbidden, NOT_MET",
        "500, exceeded quota: x, UNKNOWN",
        "-1, timeout, UNKNOWN"
    })
    void aRefusalMustNameTheQuota(int status, String message, Outcome outcome) {
        assertThat(finding(EXCESS, excess(false, status, message)).outcome()).isEqualTo(outcome);
    }

    @Test
    void excessThatGetsDevicesIsNotMet() {
        assertThat(finding(EXCESS, history -> history.at(30, held("team-a", 4, Map.of("within", 4, "excess-1", 2))))
                        .outcome())
                .isEqualTo(NOT_MET);
    }

    @Test
    void excessThatNobodyWatchedOrAskedForIsUnknown() {
        assertThat(finding(EXCESS, history -> history.without(DevicesHeld.class::isInstance))
                        .outcome())
                .isEqualTo(UNKNOWN);
        assertThat(finding(EXCESS, history -> history.without(ClaimAsked.class::isInstance))
                        .outcome())
                .isEqualTo(UNKNOWN);
    }

    @Test
    void theQuotaHoldsAtEveryLook() {
        assertThat(finding(NEVER_ABOVE, history -> {}).outcome()).isEqualTo(MET);
        Finding above =
                finding(NEVER_ABOVE, history -> history.at(21.5, held("team-a", 4, Map.of("within", 4, "more", 1))));
        assertThat(above.outcome()).isEqualTo(NOT_MET);
        assertThat(above.message()).isEqualTo("namespace team-a held 5 devices, its quota grants 4");
        assertThat(finding(NEVER_ABOVE, history -> history.at(40, held("team-a", 4, Map.of("more", 9))))
                        .outcome())
                .as("after healing")
                .isEqualTo(MET);
        assertThat(finding(NEVER_ABOVE, history -> history.at(30, held("team-c", 4, Map.of("more", 9))))
                        .outcome())
                .as("another namespace")
                .isEqualTo(MET);
    }

    @Test
    void noQuotaAtAllIsNotMetAndNoLookIsUnknown() {
        assertThat(finding(NEVER_ABOVE, history -> history.at(30, held("team-a", -1, Map.of())))
                        .outcome())
                .isEqualTo(NOT_MET);
        assertThat(finding(NEVER_ABOVE, history -> history.without(DevicesHeld.class::isInstance))
                        .outcome())
                .isEqualTo(UNKNOWN);
    }

    /** The budget of 2 min is 4 s at this time scale; the claim is asked for at 26 s. */
    @ParameterizedTest
    @CsvSource({"29.9, 0, MET", "30.1, 0, NOT_MET", "29.9, 0.5, UNKNOWN"})
    void theNextTenantIsServedInTime(double at, double error, Outcome outcome) {
        assertThat(finding(
                                NEXT,
                                history -> history.without(QuotaChecksTest::ofNextTenant)
                                        .at(at, "harness", error, held("team-b", 4, Map.of("next", 1))))
                        .outcome())
                .isEqualTo(outcome);
    }

    @Test
    void theNextTenantUnservedIsNotMetIfSomebodyLookedLongEnough() {
        assertThat(finding(
                                NEXT,
                                history -> history.without(QuotaChecksTest::ofNextTenant)
                                        .at(31, held("team-b", 4, Map.of())))
                        .outcome())
                .isEqualTo(NOT_MET);
        assertThat(finding(
                                NEXT,
                                history -> history.without(QuotaChecksTest::ofNextTenant)
                                        .at(29, held("team-b", 4, Map.of())))
                        .outcome())
                .isEqualTo(UNKNOWN);
        assertThat(finding(
                                NEXT,
                                history -> history.without(event -> event instanceof ClaimAsked asked
                                        && asked.purpose() == ClaimPurpose.NEXT_TENANT))
                        .outcome())
                .isEqualTo(UNKNOWN);
        assertThat(finding(
                                NEXT,
                                history -> history.change(event ->
                                        event instanceof ClaimAsked asked && asked.purpose() == ClaimPurpose.NEXT_TENANT
                                                ? asked(ClaimPurpose.NEXT_TENANT, "team-b", "next", false, 403, "no")
                                                : event))
                        .outcome())
                .isEqualTo(NOT_MET);
    }

    private static boolean ofNextTenant(Event event) {
        return event instanceof DevicesHeld held && held.namespace().equals("team-b");
    }

    private static Consumer<HistoryBuilder> excess(boolean accepted, int status, String message) {
        return history -> history.change(event ->
                event instanceof ClaimAsked asked && asked.object().name().equals("excess-0")
                        ? asked(ClaimPurpose.EXCESS, "team-a", "excess-0", accepted, status, message)
                        : event);
    }
}
