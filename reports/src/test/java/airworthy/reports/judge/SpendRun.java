package airworthy.reports.judge;

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
import airworthy.model.Phase;
import airworthy.model.Phases;
import airworthy.model.PlatformProfile;
import airworthy.model.RequestOutcome;
import airworthy.model.RequestRecord;
import airworthy.model.Scenario;
import airworthy.model.ScenarioId;
import airworthy.model.Severity;
import airworthy.model.Target;
import airworthy.model.TargetSelector;
import airworthy.model.Undo;
import airworthy.model.UndoStep;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A run in which a tenant asks for 1,600 tokens a second where its budget grants 800, gets 800 and is refused the rest. Time
 * is divided by 30: a window of a minute is two seconds.
 */
final class SpendRun {
    static final ScenarioId ID = new ScenarioId("GW-9");
    static final String USUAL = "GW-9/chat";
    static final String MORE = "GW-9/chat/overspend";

    /** Twenty seconds, so that one window more or less does not hide what was granted too much. */
    private static final double ONSET = 10;

    private static final double HEAL = 30;

    /** What a request and its answer use. */
    private static final int PROMPT = 30;

    private static final int ANSWER = 10;

    private SpendRun() {}

    static Finding finding(Check check, Consumer<HistoryBuilder> spoil) {
        return finding(
                check,
                Optional.of(new PlatformProfile.TokenBudget("team-x", 48_000, Duration.ofMinutes(1), "chat")),
                spoil);
    }

    static Finding finding(Check check, Optional<PlatformProfile.TokenBudget> budget, Consumer<HistoryBuilder> spoil) {
        Scenario scenario = new Scenario(
                ID,
                "token-budget",
                Capability.GATEWAY,
                Severity.CRITICAL,
                "A tenant overspends",
                "It happens",
                Set.of(Need.INFERENCE, Need.GATEWAY),
                Optional.of(new LoadPlan("chat", 5)),
                new TargetSelector.BudgetedTenant(),
                new Phases(Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofMinutes(5)),
                List.of(new Fault.Overspend(2)),
                List.of(check),
                "Set budgets");
        HistoryBuilder history = good();
        spoil.accept(history);
        return Judge.judge(scenario, new JudgeInput(List.of(scenario), "v1", 1, profile(budget), history.build()))
                .findings()
                .getFirst();
    }

    private static PlatformProfile profile(Optional<PlatformProfile.TokenBudget> budget) {
        PlatformProfile standard = Platforms.standard();
        return new PlatformProfile(
                standard.name(),
                standard.environment(),
                standard.fidelity(),
                standard.cluster(),
                standard.consent(),
                standard.prometheus(),
                standard.alertmanager(),
                Optional.of(new PlatformProfile.Gateway(
                        URI.create("http://127.0.0.1:3/v1"),
                        Map.of("team-x", "env:X"),
                        Optional.empty(),
                        budget.stream().toList(),
                        Optional.empty())),
                standard.inference(),
                standard.bystanders(),
                standard.testTenants(),
                standard.ownership(),
                standard.alerts(),
                standard.names(),
                standard.mocks(),
                standard.images(),
                standard.declaredAbsent(),
                standard.timeScale());
    }

    private static HistoryBuilder good() {
        return new HistoryBuilder()
                .at(1, ServingRun.survey(Map.of()))
                .at(
                        2,
                        new Event.Planned(
                                ID,
                                new Target(
                                        "tenant team-x",
                                        Map.of(Dimension.TENANT, "team-x"),
                                        Map.of(),
                                        Optional.of("chat"),
                                        Optional.empty(),
                                        List.of()),
                                "client",
                                Set.of(Layer.CLIENT, Layer.GATEWAY),
                                List.of()))
                .at(2, new Event.LoadOn(ID, USUAL, "chat", Event.LoadRole.TARGET, 10))
                .at(3, new Event.PhaseBegan(ID, Phase.BASELINE))
                .at(9.8, new Event.UndoPlanned(ID, List.of(new UndoStep("GW-9/0", ID, new Undo.StopLoad(MORE, 30)))))
                .at(9.9, new Event.PhaseBegan(ID, Phase.APPLY))
                .at(ONSET, new Event.FaultApplied(ID))
                .at(11, new Event.LandedSeen(ID, Layer.CLIENT, true, "30/s sent"))
                .at(HEAL, new Event.PhaseBegan(ID, Phase.HEAL))
                .at(31, new Event.PhaseBegan(ID, Phase.OBSERVE))
                .at(31, audit(200, 0))
                .at(50, new Event.ScenarioEnded(ID))
                .load(3, 40, 10, intended -> answered(USUAL, intended))
                .load(ONSET, HEAL, 10, intended -> answered(MORE, intended))
                .load(ONSET + 0.02, HEAL, 20, intended -> refused(MORE, intended, "HTTP 429, Retry-After: 1, {}"));
    }

    /** The gateway's records: so many tokens more than the client was told of, or fewer. */
    static Event.AuditRead audit(int more, int less) {
        // the usual stream from the baseline to 31 s, and the other from onset to healing
        long answers = 280 + 200;
        return new Event.AuditRead(
                ID,
                HistoryBuilder.ns(3),
                HistoryBuilder.ns(31),
                List.of(
                        new AuditGroup(
                                "team-x",
                                OptionalInt.of(200),
                                "",
                                answers,
                                answers * PROMPT,
                                answers * ANSWER + more - less),
                        new AuditGroup("team-x", OptionalInt.of(429), "", 400, 0, 0),
                        new AuditGroup("team-b", OptionalInt.of(200), "", 99, 9_999, 9_999)),
                Optional.empty());
    }

    static RequestRecord answered(String stream, long intendedNs) {
        return request(stream, intendedNs, RequestOutcome.OK, OptionalInt.of(PROMPT), "");
    }

    static RequestRecord refused(String stream, long intendedNs, String detail) {
        return request(stream, intendedNs, RequestOutcome.HTTP_429, OptionalInt.empty(), detail);
    }

    static RequestRecord request(
            String stream, long intendedNs, RequestOutcome outcome, OptionalInt prompt, String detail) {
        return new RequestRecord(
                stream,
                intendedNs / 1_000_000,
                outcome,
                OptionalInt.empty(),
                Optional.empty(),
                intendedNs,
                OptionalLong.of(intendedNs),
                OptionalLong.of(intendedNs),
                OptionalLong.of(intendedNs + 1_000_000),
                List.of(),
                intendedNs + 20_000_000,
                prompt.isPresent() ? OptionalInt.of(ANSWER) : OptionalInt.empty(),
                Optional.empty(),
                detail,
                prompt);
    }
}
