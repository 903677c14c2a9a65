package airworthy.reports.judge;

import airworthy.model.Alert;
import airworthy.model.AlertState;
import airworthy.model.Capability;
import airworthy.model.Cause;
import airworthy.model.Check;
import airworthy.model.Dimension;
import airworthy.model.Event;
import airworthy.model.Event.LoadRole;
import airworthy.model.Event.PartFound;
import airworthy.model.Fault;
import airworthy.model.Finding;
import airworthy.model.Layer;
import airworthy.model.LoadPlan;
import airworthy.model.Need;
import airworthy.model.ObjectRef;
import airworthy.model.Phase;
import airworthy.model.Phases;
import airworthy.model.PlatformProfile;
import airworthy.model.Presence;
import airworthy.model.RequestRecord;
import airworthy.model.Role;
import airworthy.model.Scenario;
import airworthy.model.ScenarioId;
import airworthy.model.Severity;
import airworthy.model.Share;
import airworthy.model.Target;
import airworthy.model.TargetSelector;
import airworthy.model.Undo;
import airworthy.model.UndoState;
import airworthy.model.UndoStep;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A run in which one of two replicas of "chat" slows down and everything goes as it should. Tests spoil one thing.
 *
 * <p>Seconds: baseline 10 to 30, onset 31, healing 61, healed 62, tail 80 to 95. The platform needs 3 s to move traffic
 * and 6.5 s to tell the owner.
 */
final class ServingRun {
    static final ScenarioId ID = new ScenarioId("SRV-4");
    static final String TARGET = "SRV-4/target";
    static final String BYSTANDER = "SRV-4/sum";
    static final String RUNBOOK = "http://runbooks/slow";
    static final double ONSET = 31;
    static final double HEAL = 61;
    static final double HEALED = 62;
    static final double NOTIFIED = 37.5;

    static final Check TRAFFIC = new Check.TrafficMoves(Duration.ofSeconds(150), new Share(0.05));
    static final Check NOTIFY = new Check.NotifiedInTime(Duration.ofMinutes(5));
    static final Check CAUSE = new Check.NamesCause(Cause.SERVING_LATENCY);
    static final Check NAMES = new Check.NamesTarget(List.of(Dimension.WORKLOAD, Dimension.REPLICA));
    static final Check RUNBOOK_HELPS = new Check.RunbookHelps(Cause.SERVING_LATENCY);
    static final Check OWNER = new Check.ReachesOwner(Role.MODEL_TEAM);
    static final Check NOBODY_ELSE = new Check.ReachesNobodyElse(Role.MODEL_TEAM);
    static final Check BACK = new Check.BackAtBaseline(Duration.ofMinutes(3));
    static final Check RESOLVES = new Check.AlertResolves(Duration.ofMinutes(3));
    static final List<Check> CHECKS = List.of(
            new Check.BaselineSlo(),
            TRAFFIC,
            new Check.AnswersComplete(new Share(0.95)),
            NOTIFY,
            new Check.Quiet(),
            CAUSE,
            NAMES,
            RUNBOOK_HELPS,
            OWNER,
            NOBODY_ELSE,
            new Check.BystandersSlo(),
            new Check.OtherReplicasSlo(),
            new Check.NoBystanderAlert(),
            BACK,
            RESOLVES,
            new Check.UndoVerified());

    private ServingRun() {}

    static Scenario scenario(List<Check> checks) {
        return scenario(ID, Capability.SERVING, Severity.HIGH, checks);
    }

    static Scenario scenario(ScenarioId id, Capability capability, Severity severity, List<Check> checks) {
        return new Scenario(
                id,
                "slow-replica",
                capability,
                severity,
                "One replica slows down",
                "It happens",
                Set.of(Need.INFERENCE, Need.ALERTMANAGER, Need.OWNERSHIP),
                Optional.of(new LoadPlan("chat", 20)),
                new TargetSelector.InferenceReplica(Optional.empty()),
                new Phases(Duration.ofMinutes(10), Duration.ofMinutes(15), Duration.ofMinutes(15)),
                List.of(new Fault.SlowTokens(5)),
                checks,
                "Eject slow replicas");
    }

    static Finding finding(Check check, Consumer<HistoryBuilder> spoil) {
        return finding(check, spoil, Platforms.standard());
    }

    static Finding finding(Check check, Consumer<HistoryBuilder> spoil, PlatformProfile profile) {
        Scenario scenario = scenario(List.of(check));
        return Judge.judge(scenario, input(List.of(scenario), spoil, profile))
                .findings()
                .getFirst();
    }

    static JudgeInput input(List<Scenario> suite, Consumer<HistoryBuilder> spoil, PlatformProfile profile) {
        HistoryBuilder history = good();
        spoil.accept(history);
        return new JudgeInput(suite, "v1-preview", 49, profile, history.build());
    }

    static HistoryBuilder good() {
        HistoryBuilder history = new HistoryBuilder();
        history.at(
                        0,
                        new Event.RunStarted(
                                "r-1",
                                42,
                                "0.1.0",
                                "v1-preview",
                                49,
                                new Event.Embedded("platform.yaml", "00", ""),
                                List.of()))
                .at(1, survey(Map.of()))
                .at(2, new Event.Planned(ID, target(), "resize", Set.of(Layer.CLIENT, Layer.ENGINE_METRICS), List.of()))
                .at(3, new Event.LoadOn(ID, TARGET, "chat", LoadRole.TARGET, 20))
                .at(3, new Event.LoadOn(ID, BYSTANDER, "sum", LoadRole.BYSTANDER, 10))
                .at(10, new Event.PhaseBegan(ID, Phase.BASELINE))
                .at(12, new Event.SignalSampled(ID, "itl", "chat-0", 0.004, "s"))
                .at(29, new Event.UndoPlanned(ID, List.of(step())))
                .at(30, new Event.PhaseBegan(ID, Phase.APPLY))
                .at(30.5, new Event.UndoMoved(ID, "SRV-4/0", UndoState.APPLIED, "set"))
                .at(ONSET, new Event.FaultApplied(ID))
                .at(ONSET, new Event.PhaseBegan(ID, Phase.HOLD))
                .at(31.5, new Event.LandedSeen(ID, Layer.CLIENT, true, "gap 20 ms, 4 ms before"))
                .at(33, new Event.SignalSampled(ID, "itl", "chat-0", 0.02, "s"))
                .at(50, new Event.LandedSeen(ID, Layer.CLIENT, true, "gap 20 ms, 4 ms before"))
                .at(HEAL, new Event.PhaseBegan(ID, Phase.HEAL))
                .at(61.5, new Event.UndoMoved(ID, "SRV-4/0", UndoState.RESTORED, "limit is 2 cores"))
                .at(HEALED, new Event.PhaseBegan(ID, Phase.OBSERVE))
                .at(80, new Event.PhaseBegan(ID, Phase.TAIL))
                .at(95, new Event.PhaseBegan(ID, Phase.DONE))
                .at(95.5, new Event.ScenarioEnded(ID))
                .at(97, new Event.RunEnded(true));
        alerts(history);
        history.load(5, 90, 20, ServingRun::chat)
                .load(5, 90, 10, intended -> Requests.ok(BYSTANDER, "sum-0", intended, 40, 4));
        return history;
    }

    private static void alerts(HistoryBuilder history) {
        Alert alert = slowTokens();
        history.at(5, "webhook", 0, new Event.Notified("deadman", false, alert("Watchdog", Map.of())))
                .at(35, "prometheus", 0.25, seen(AlertState.PENDING, alert))
                .at(37, "prometheus", 0.25, seen(AlertState.FIRING, alert))
                .at(
                        37.2,
                        "alertmanager",
                        0.25,
                        new Event.AlertSeen(AlertState.ACTIVE, alert, List.of("ml-page"), Optional.empty()))
                .at(NOTIFIED, "webhook", 0, new Event.Notified("ml-page", false, alert))
                .at(38, new Event.RunbookFetched(RUNBOOK, OptionalInt.of(200), "When Serving-Latency rises"))
                .at(66, "prometheus", 0.25, seen(AlertState.RESOLVED, alert))
                .at(66.2, "alertmanager", 0.25, seen(AlertState.RESOLVED, alert))
                .at(67, "webhook", 0, new Event.Notified("ml-page", true, alert));
    }

    static Event.Surveyed survey(Map<Need, Presence> changes) {
        Map<Need, PartFound> parts = new HashMap<>();
        for (Need need : Need.values()) {
            parts.put(need, new PartFound(changes.getOrDefault(need, Presence.PRESENT), "looked for " + need.id()));
        }
        return new Event.Surveyed(
                parts,
                Optional.of("v1.35.0"),
                Set.of(),
                new TreeMap<>(Map.of("scrape", 500_000_000L, "group_interval", 1_500_000_000L)),
                List.of("ml-page", "ml-chat", "infra-page", "infra-feed"));
    }

    static Target target() {
        return new Target(
                "team-a/deployment/chat, replica chat-0",
                Map.of(
                        Dimension.NAMESPACE, "team-a",
                        Dimension.WORKLOAD, "chat",
                        Dimension.REPLICA, "chat-0",
                        Dimension.TEAM, "ml"),
                Map.of("owner", "ml"),
                Optional.of("chat"),
                Optional.of("chat-0"),
                List.of(Map.of(Dimension.NAMESPACE, "team-b", Dimension.WORKLOAD, "sum")));
    }

    static Alert slowTokens() {
        return alert("SlowTokens", Map.of("namespace", "team-a", "workload", "chat", "pod", "chat-0", "team", "ml"));
    }

    static Alert alert(String name, Map<String, String> labels) {
        Map<String, String> all = new HashMap<>(labels);
        all.put("alertname", name);
        return new Alert(all, Map.of("runbook_url", RUNBOOK));
    }

    static Event seen(AlertState state, Alert alert) {
        return new Event.AlertSeen(state, alert, List.of(), Optional.empty());
    }

    private static UndoStep step() {
        return new UndoStep(
                "SRV-4/0",
                ID,
                new Undo.RestoreField(new ObjectRef("v1", "Pod", Optional.of("team-a"), "chat-0"), "/x", "1", "2"));
    }

    /** Both replicas in turn; the hit one is slow while the fault is on and gets one request in 40 from 34 s on. */
    private static RequestRecord chat(long intended) {
        long number = Math.round((intended - HistoryBuilder.ns(5)) / 5e7);
        boolean fault = intended >= HistoryBuilder.ns(ONSET) && intended < HistoryBuilder.ns(HEAL);
        boolean moved = fault && intended >= HistoryBuilder.ns(34);
        boolean hit = number % (moved ? 40 : 2) == 0;
        return Requests.ok(TARGET, hit ? "chat-0" : "chat-1", intended, 40, fault && hit ? 100 : 4);
    }
}
