package airworthy.reports.render;

import airworthy.model.Capability;
import airworthy.model.Check;
import airworthy.model.CheckName;
import airworthy.model.Fault;
import airworthy.model.Fidelity;
import airworthy.model.Finding;
import airworthy.model.Grade;
import airworthy.model.Interval;
import airworthy.model.LoadPlan;
import airworthy.model.Outcome;
import airworthy.model.Phases;
import airworthy.model.PlatformLayer;
import airworthy.model.Question;
import airworthy.model.RequestOutcome;
import airworthy.model.Scenario;
import airworthy.model.ScenarioId;
import airworthy.model.ScenarioReport;
import airworthy.model.ScenarioReport.Hop;
import airworthy.model.ScenarioReport.HopTime;
import airworthy.model.ScenarioReport.LoadSummary;
import airworthy.model.ScenarioReport.Percentiles;
import airworthy.model.Score;
import airworthy.model.Score.Value;
import airworthy.model.Scorecard;
import airworthy.model.Scorecard.HurtBeforeTold;
import airworthy.model.Scorecard.Purpose;
import airworthy.model.Severity;
import airworthy.model.Share;
import airworthy.model.TargetSelector;
import airworthy.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Hand-made cards: one of a good platform, one of a bad one, one of which little is known. */
final class Cards {
    private Cards() {}

    static Scorecard good() {
        return card(
                Outcome.MET,
                Purpose.ASSESSMENT,
                new HurtBeforeTold(Optional.empty(), Optional.empty(), 0, 0),
                new Value.Points(9.4),
                Optional.of(Grade.A),
                true);
    }

    /** A server's words in a message are markup and control characters on purpose. */
    static Scorecard bad() {
        return card(
                Outcome.NOT_MET,
                Purpose.SELF_TEST,
                new HurtBeforeTold(
                        Optional.of(Duration.ofMillis(74_250)), Optional.of(Duration.ofMillis(8_000)), 1_412, 1),
                new Value.Points(3.97),
                Optional.of(Grade.F),
                false);
    }

    static Scorecard inconclusive() {
        return card(
                Outcome.UNKNOWN,
                Purpose.ASSESSMENT,
                new HurtBeforeTold(Optional.empty(), Optional.empty(), 0, 1),
                new Value.Inconclusive("no score for scheduling, gateway, observability, policy, ownership"),
                Optional.empty(),
                true);
    }

    /** Nobody was seen to be hurt, because the only scenario that could have seen it is not valid. */
    static Scorecard blind() {
        return card(
                Outcome.UNKNOWN,
                Purpose.ASSESSMENT,
                new HurtBeforeTold(Optional.empty(), Optional.empty(), 0, 0),
                new Value.Inconclusive("no score for serving"),
                Optional.empty(),
                true);
    }

    private static Scorecard card(
            Outcome detect,
            Purpose purpose,
            HurtBeforeTold hurt,
            Value overall,
            Optional<Grade> grade,
            boolean restored) {
        List<ScenarioReport> reports = new ArrayList<>();
        List<Verdict> verdicts = new ArrayList<>();
        for (Capability capability : Capability.values()) {
            List<Finding> findings = new ArrayList<>();
            if (capability == Capability.SERVING || capability == Capability.OWNERSHIP) {
                ScenarioId id = new ScenarioId(capability == Capability.SERVING ? "SRV-4" : "OWN-1");
                findings.addAll(findings(id, detect));
                reports.add(report(id, capability, detect, findings));
            }
            Value value = findings.isEmpty() ? new Value.Inconclusive("no scenario asks about it") : overall;
            verdicts.add(new Verdict(
                    capability,
                    new Score(value, findings.isEmpty() ? 0 : 3.1, findings.isEmpty() ? 10 : 9.5),
                    new Share(findings.isEmpty() ? 0 : 0.92),
                    findings));
        }
        return new Scorecard(
                "r-7",
                42,
                "0.1.0",
                "v1-preview",
                49,
                purpose,
                hurt,
                Instant.parse("2026-11-21T09:00:00Z"),
                Duration.ofMillis(97_123),
                30,
                "staging",
                Optional.of("v1.35.0"),
                Map.of(PlatformLayer.KUBERNETES, Fidelity.SIMULATED, PlatformLayer.SERVING, Fidelity.MEASURED),
                new Score(overall, 0, 9.5),
                grade,
                verdicts,
                reports,
                restored);
    }

    private static List<Finding> findings(ScenarioId id, Outcome detect) {
        return List.of(
                new Finding(
                        id,
                        CheckName.BASELINE_SLO,
                        Outcome.MET,
                        "SRV-4/target before the fault: p90 of first token is 41 ms, at most 250 ms (n = 412)",
                        List.of("load:SRV-4/target#17")),
                new Finding(
                        id,
                        CheckName.NOTIFIED_IN_TIME,
                        detect,
                        "<script>alert('x')</script> & \"quoted\" \u0007 nobody was told within 10.00 s of the onset: "
                                + "no alert about the target fired, though users had been waiting for long",
                        List.of("journal:123", "runbook:http://runbooks/slow?a=1&b=2")));
    }

    private static ScenarioReport report(ScenarioId id, Capability capability, Outcome detect, List<Finding> findings) {
        Map<Question, Outcome> answers = new EnumMap<>(Question.class);
        findings.forEach(finding -> answers.put(finding.check().question(), finding.outcome()));
        return new ScenarioReport(
                new Scenario(
                        id,
                        "slow-replica",
                        capability,
                        Severity.CRITICAL,
                        "One replica takes five times as long for each token",
                        "Slow is the new down",
                        Set.of(),
                        Optional.of(new LoadPlan("chat", 5)),
                        new TargetSelector.InferenceReplica(Optional.empty()),
                        new Phases(Duration.ZERO, Duration.ZERO, Duration.ZERO),
                        List.of(new Fault.SlowTokens(5)),
                        List.of(new Check.BaselineSlo(), new Check.NotifiedInTime(Duration.ofMinutes(5))),
                        "Eject replicas that fall behind their peers, and alert the model's owner on it"),
                detect == Outcome.UNKNOWN ? Optional.of("lapsed: the fault held and then did not") : Optional.empty(),
                Optional.of(detect != Outcome.UNKNOWN),
                Optional.of(true),
                Optional.of("team-a/deployment/chat, replica chat-0"),
                Optional.of("resize"),
                Map.of(
                        Hop.ONSET, hop(0, 0, "harness"),
                        Hop.EFFECT, hop(1_310, 5, "load"),
                        Hop.METRIC, hop(2_500, 250, "harness"),
                        Hop.PENDING, hop(4_000, 500, "prometheus"),
                        Hop.FIRING, hop(6_000, 500, "prometheus"),
                        Hop.NOTIFIED, hop(6_512.3, 0, "webhook")),
                List.of("ml-page"),
                Optional.of(new LoadSummary(
                        1_700,
                        new TreeMap<>(Map.of(RequestOutcome.OK, 1_690L, RequestOutcome.STALL_TIMEOUT, 10L)),
                        new Percentiles(1_700, ms(40.1234), ms(44), Optional.empty()),
                        new Percentiles(15_300, ms(4), ms(4.2), ms(101)),
                        Optional.empty())),
                answers);
    }

    private static Optional<Duration> ms(double value) {
        return Optional.of(Duration.ofNanos(Math.round(value * 1e6)));
    }

    private static HopTime hop(double ms, double error, String source) {
        return new HopTime(new Interval(ms(ms).orElseThrow(), ms(error).orElseThrow()), source);
    }
}
