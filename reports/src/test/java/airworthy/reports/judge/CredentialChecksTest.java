package airworthy.reports.judge;

import static airworthy.model.Outcome.MET;
import static airworthy.model.Outcome.NOT_MET;
import static airworthy.model.Outcome.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Capability;
import airworthy.model.Check;
import airworthy.model.Dimension;
import airworthy.model.Event;
import airworthy.model.Event.AuditGroup;
import airworthy.model.Fault;
import airworthy.model.Finding;
import airworthy.model.Layer;
import airworthy.model.LoadPlan;
import airworthy.model.Need;
import airworthy.model.Outcome;
import airworthy.model.Phase;
import airworthy.model.Phases;
import airworthy.model.RequestOutcome;
import airworthy.model.RequestRecord;
import airworthy.model.Scenario;
import airworthy.model.ScenarioId;
import airworthy.model.Severity;
import airworthy.model.Target;
import airworthy.model.TargetSelector;
import airworthy.model.Undo;
import airworthy.model.UndoStep;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialChecksTest {
    private static final ScenarioId ID = new ScenarioId("POL-9");
    private static final String NONE = "POL-9/chat/no-key";
    private static final String EXPIRED = "POL-9/chat/bad-key-expired";
    private static final Check REFUSED = new Check.CredentialsRefused();
    private static final Check NO_TOKENS = new Check.NoTokensSpent();

    @Test
    void everyAttemptIsRefusedAndTheKindsAreTold() {
        Finding finding = finding(REFUSED, history -> {});

        assertThat(finding.outcome()).isEqualTo(MET);
        assertThat(finding.message()).contains("20 of 20 attempts (10 bad-key-expired, 10 no-key) were refused");
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP_4XX, 403, MET",
        "HTTP_4XX, 404, NOT_MET",
        "HTTP_429, 429, NOT_MET",
        "HTTP_5XX, 500, NOT_MET",
        "OK, 200, NOT_MET",
        "CONNECT_FAIL, -1, NOT_MET"
    })
    void oneThatIsAnsweredOtherwiseIsNotMet(RequestOutcome outcome, int status, Outcome expected) {
        Finding finding =
                finding(REFUSED, history -> history.load(25, 25.1, 10, at -> attempt(EXPIRED, at, outcome, status, 0)));

        assertThat(finding.outcome()).as(finding.message()).isEqualTo(expected);
    }

    @Test
    void whereNoFormerKeyWasTriedNobodyKnowsOfThose() {
        assertThat(finding(
                                REFUSED,
                                history -> history.withoutLoad(
                                        request -> request.stream().equals(EXPIRED)))
                        .outcome())
                .isEqualTo(UNKNOWN);
        assertThat(finding(REFUSED, history -> history.withoutLoad(request -> true))
                        .outcome())
                .isEqualTo(UNKNOWN);
        assertThat(finding(NO_TOKENS, history -> history.withoutLoad(request -> true))
                        .outcome())
                .isEqualTo(UNKNOWN);
    }

    @Test
    void noTokensWereSpentWhereClientAndRecordsAgreeOnNone() {
        Finding finding = finding(NO_TOKENS, history -> {});

        assertThat(finding.outcome()).isEqualTo(MET);
        assertThat(finding.message()).contains("book 0 to 20 refusals from 10.0.0.1");
    }

    @Test
    void tokensThatTheClientGotOrTheRecordsBookAreNotMet() {
        assertThat(finding(
                                NO_TOKENS,
                                history -> history.load(
                                        25, 25.1, 10, at -> attempt(EXPIRED, at, RequestOutcome.OK, 200, 8)))
                        .outcome())
                .isEqualTo(NOT_MET);
        assertThat(finding(NO_TOKENS, audit(read(new AuditGroup("team-a", OptionalInt.of(401), "10.0.0.1", 20, 24, 0))))
                        .outcome())
                .isEqualTo(NOT_MET);
    }

    @Test
    void recordsThatAreElsewhereOrUnreadSayNothing() {
        assertThat(finding(NO_TOKENS, audit(read(new AuditGroup("", OptionalInt.of(401), "10.9.9.9", 20, 0, 0))))
                        .outcome())
                .isEqualTo(UNKNOWN);
        assertThat(finding(NO_TOKENS, audit(new Event.AuditRead(ID, 0, 1, List.of(), Optional.of("rotated"))))
                        .outcome())
                .isEqualTo(UNKNOWN);
        assertThat(finding(NO_TOKENS, history -> history.without(Event.AuditRead.class::isInstance))
                        .outcome())
                .isEqualTo(UNKNOWN);
    }

    private static Consumer<HistoryBuilder> audit(Event.AuditRead instead) {
        return history -> history.change(event -> event instanceof Event.AuditRead ? instead : event);
    }

    private static Event.AuditRead read(AuditGroup... groups) {
        return new Event.AuditRead(ID, HistoryBuilder.ns(10), HistoryBuilder.ns(35), List.of(groups), Optional.empty());
    }

    private static Finding finding(Check check, Consumer<HistoryBuilder> spoil) {
        Scenario scenario = new Scenario(
                ID,
                "bad-credentials",
                Capability.POLICY,
                Severity.CRITICAL,
                "Somebody tries keys",
                "It happens",
                Set.of(Need.INFERENCE, Need.GATEWAY),
                Optional.of(new LoadPlan("chat", 5)),
                new TargetSelector.GatewayKeys(),
                new Phases(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(5)),
                List.of(new Fault.BadCredentials(20, Duration.ofMinutes(5))),
                List.of(check),
                "Look keys up");
        HistoryBuilder history = good();
        spoil.accept(history);
        return Judge.judge(scenario, new JudgeInput(List.of(scenario), "v1", 1, Platforms.standard(), history.build()))
                .findings()
                .getFirst();
    }

    private static HistoryBuilder good() {
        return new HistoryBuilder()
                .at(1, ServingRun.survey(Map.of()))
                .at(
                        2,
                        new Event.Planned(
                                ID,
                                new Target(
                                        "the gateway",
                                        Map.of(Dimension.SOURCE, "10.0.0.1"),
                                        Map.of(),
                                        Optional.of("chat"),
                                        Optional.empty(),
                                        List.of()),
                                "client",
                                Set.of(Layer.CLIENT, Layer.GATEWAY),
                                List.of()))
                .at(10, new Event.PhaseBegan(ID, Phase.BASELINE))
                .at(
                        19,
                        new Event.UndoPlanned(
                                ID,
                                List.of(
                                        new UndoStep("POL-9/0", ID, new Undo.StopLoad(NONE, 1)),
                                        new UndoStep("POL-9/1", ID, new Undo.StopLoad(EXPIRED, 1)))))
                .at(20, new Event.PhaseBegan(ID, Phase.APPLY))
                .at(20, new Event.FaultApplied(ID))
                .at(21, new Event.LandedSeen(ID, Layer.CLIENT, true, "2 attempts were made"))
                .at(30, new Event.PhaseBegan(ID, Phase.HEAL))
                .at(35, new Event.PhaseBegan(ID, Phase.OBSERVE))
                .at(
                        35,
                        read(
                                new AuditGroup("", OptionalInt.of(401), "10.0.0.1", 20, 0, 0),
                                new AuditGroup("team-a", OptionalInt.of(200), "10.0.0.1", 50, 1_200, 1_600)))
                .at(50, new Event.ScenarioEnded(ID))
                .load(20, 30, 1, at -> attempt(NONE, at, RequestOutcome.HTTP_4XX, 401, 0))
                .load(20, 30, 1, at -> attempt(EXPIRED, at, RequestOutcome.HTTP_4XX, 401, 0));
    }

    private static RequestRecord attempt(String stream, long at, RequestOutcome outcome, int status, int tokens) {
        return new RequestRecord(
                stream,
                at / 1_000_000,
                outcome,
                status < 0 ? OptionalInt.empty() : OptionalInt.of(status),
                Optional.empty(),
                at,
                OptionalLong.of(at),
                OptionalLong.of(at),
                OptionalLong.of(at + 1_000_000),
                tokens > 0 ? List.of(at + 2_000_000) : List.of(),
                at + 5_000_000,
                OptionalInt.of(tokens),
                Optional.empty(),
                "",
                OptionalInt.of(0));
    }
}
