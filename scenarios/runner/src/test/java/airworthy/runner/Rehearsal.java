package airworthy.runner;

import airworthy.faults.Actuator;
import airworthy.faults.Assignment;
import airworthy.faults.FaultInjector;
import airworthy.faults.Planning;
import airworthy.faults.RunMark;
import airworthy.load.RequestTail;
import airworthy.model.Capability;
import airworthy.model.Change;
import airworthy.model.Check;
import airworthy.model.Contrast;
import airworthy.model.Event;
import airworthy.model.Fault;
import airworthy.model.Layer;
import airworthy.model.LoadPlan;
import airworthy.model.Need;
import airworthy.model.Phase;
import airworthy.model.Phases;
import airworthy.model.PlatformProfile;
import airworthy.model.Presence;
import airworthy.model.Scenario;
import airworthy.model.ScenarioId;
import airworthy.model.Severity;
import airworthy.model.Slo;
import airworthy.model.Target;
import airworthy.model.TargetSelector;
import airworthy.model.UndoState;
import airworthy.model.WorkloadRef;
import airworthy.probes.EventSink;
import airworthy.probes.Reading;
import airworthy.probes.Stamps;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One scenario with all around it faked: a platform of two levers that one injector pulls, a third one for its contrast, a scripted watch, a load engine
 * that sends nothing, phases of a few tens of milliseconds. What was recorded is kept in order.
 */
final class Rehearsal {
    /** Makes 20 ms of two minutes. */
    static final int TIME_SCALE = 6_000;

    static final ScenarioId SRV4 = new ScenarioId("SRV-4");
    static final WorkloadRef CHAT = WorkloadRef.parse("team-a/deployment/chat");
    static final WorkloadRef SUM = WorkloadRef.parse("team-b/deployment/sum");
    static final Slo SLO = new Slo(Duration.ofMillis(250), Duration.ofMillis(40));
    static final Fault SLOW = new Fault.SlowTokens(20);
    static final List<Check> UNDO_VERIFIED = List.of(new Check.UndoVerified());
    static final Target TARGET = new Target(
            "chat, replica chat-0", Map.of(), Map.of(), Optional.of("chat"), Optional.of("chat-0"), List.of());

    final FakePlatform platform =
            new FakePlatform().lever("a", "1").lever("b", "1").lever("c", "1");
    final ScriptedWatch watch = new ScriptedWatch(SRV4);
    final FakeLoad load = new FakeLoad(Path.of("never-written"));
    final Cancellation cancellation = new Cancellation();
    final List<Event> journal = new CopyOnWriteArrayList<>();
    final Map<Need, Event.PartFound> parts = new HashMap<>(Map.of(
            Need.INFERENCE, new Event.PartFound(Presence.PRESENT, "2 replicas"),
            Need.KUBERNETES, new Event.PartFound(Presence.PRESENT, "v1.36")));
    OpenAlerts openAlerts = target -> List.of();
    Path requests = Path.of("never-written");
    Guards.Pages pages = sinceNs -> Optional.empty();
    Guards.Heartbeat heartbeat = () -> new Reading.Present<>("v1.36");
    Duration comeback = Duration.ZERO;
    Auditor auditor = (audit, sink) -> "";
    Reading<Target> target = new Reading.Present<>(TARGET);
    Set<String> consentedNamespaces = Set.of("team-a");
    long consentedTokens = 10_000_000;
    Planning planning = new Planning.Planned(
            "fake",
            Set.of(Layer.CLIENT),
            List.of(
                    new Change.PullLever(FakePlatform.address("a"), "20", "1"),
                    new Change.PullLever(FakePlatform.address("b"), "20", "1")),
            Set.of("team-a"),
            0);
    Planning contrast = new Planning.Planned(
            "fake",
            Set.of(Layer.CLIENT),
            List.of(new Change.PullLever(FakePlatform.address("c"), "7", "1")),
            Set.of("team-a"),
            0);
    private final Map<Phase, Runnable> atPhase = new HashMap<>();
    private Consumer<Event> onEvent = event -> {};

    /** Happens when the run enters a phase. */
    void at(Phase phase, Runnable act) {
        atPhase.put(phase, act);
    }

    /** Happens at each record, before it is kept. */
    void onEvent(Consumer<Event> act) {
        onEvent = act;
    }

    /** Runs the experiment, as a run of a suite would. */
    void run() throws InterruptedException {
        run(experiment());
    }

    void run(Scenario scenario) throws InterruptedException {
        new ScenarioRun(scenario, means()).run();
    }

    Means means() {
        Stamps stamps = Stamps.ofThisMachine();
        EventSink sink = (at, event) -> {
            onEvent.accept(event);
            journal.add(event);
        };
        List<Actuator> actuators = List.of(platform);
        PlatformProfile profile = profile(consentedNamespaces);
        return new Means(
                profile,
                reads(profile),
                actuators,
                (scenario, fault, ready) -> watch,
                auditor,
                new Streams(
                        load,
                        profile,
                        tenant -> Optional.of("key-of-" + tenant),
                        name -> Optional.of("bad-" + name),
                        "mark",
                        sink,
                        stamps,
                        1,
                        Duration.ZERO),
                openAlerts,
                new Guards(() -> RequestTail.fromNow(requests), pages, heartbeat, Optional.empty()),
                new Healer(actuators, sink, stamps, Duration.ofSeconds(5), comeback),
                sink,
                stamps,
                cancellation,
                (scenario, phase) -> atPhase.getOrDefault(phase, () -> {}).run());
    }

    Preparation.Reads reads() {
        return reads(profile(consentedNamespaces));
    }

    private Preparation.Reads reads(PlatformProfile profile) {
        return new Preparation.Reads(
                profile,
                new Event.Surveyed(parts, Optional.empty(), Set.of(), new TreeMap<>(), List.of()),
                List.of(injector("fake", planning), injector("fake", contrast, Fault.Burst.class)),
                selector -> target,
                new RunMark("mark", "somebody", Instant.EPOCH));
    }

    /** Knows slow tokens and plans whatever it is told. */
    static FaultInjector injector(String mechanism, Planning planning) {
        return injector(mechanism, planning, Fault.SlowTokens.class);
    }

    private static FaultInjector injector(String mechanism, Planning planning, Class<? extends Fault> known) {
        return new FaultInjector() {
            @Override
            public String mechanism() {
                return mechanism;
            }

            @Override
            public boolean knows(Fault fault) {
                return known.isInstance(fault);
            }

            @Override
            public Planning plan(Assignment assignment) {
                return planning;
            }
        };
    }

    static Scenario experiment() {
        return experiment(List.of(SLOW), UNDO_VERIFIED);
    }

    static Scenario experiment(List<Fault> faults, List<Check> checks) {
        return scenario(faults, checks, Optional.of(new LoadPlan("chat", 5)), Set.of(Need.INFERENCE, Need.PROMETHEUS));
    }

    /** Its second fault is a burst. */
    static Scenario contrasted() {
        return scenario(
                List.of(SLOW),
                Optional.of(new Contrast(new Fault.Burst(4), Duration.ofMinutes(4))),
                UNDO_VERIFIED,
                Optional.of(new LoadPlan("chat", 5)),
                Set.of(Need.INFERENCE, Need.PROMETHEUS));
    }

    static Scenario audit() {
        return scenario(List.of(), UNDO_VERIFIED, Optional.empty(), Set.of(Need.KUBERNETES));
    }

    private static Scenario scenario(List<Fault> faults, List<Check> checks, Optional<LoadPlan> load, Set<Need> needs) {
        return scenario(faults, Optional.empty(), checks, load, needs);
    }

    private static Scenario scenario(
            List<Fault> faults,
            Optional<Contrast> contrast,
            List<Check> checks,
            Optional<LoadPlan> load,
            Set<Need> needs) {
        return new Scenario(
                SRV4,
                "slow-tokens",
                Capability.SERVING,
                Severity.CRITICAL,
                "One replica is slow",
                "because",
                needs,
                load,
                new TargetSelector.InferenceReplica(Optional.empty()),
                new Phases(Duration.ofMinutes(2), Duration.ofMinutes(4), Duration.ofMinutes(2)),
                faults,
                contrast,
                checks,
                "route by latency");
    }

    private PlatformProfile profile(Set<String> consented) {
        return new PlatformProfile(
                "fake",
                "test",
                Map.of(),
                Optional.empty(),
                new PlatformProfile.Consent(consented, 0, consentedTokens, false, false, false, false),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new PlatformProfile.Gateway(
                        URI.create("http://127.0.0.1:1/v1"), Map.of(), Optional.of("x-replica"))),
                List.of(served("chat", CHAT), served("sum", SUM)),
                List.of(SUM),
                List.of(),
                new PlatformProfile.Ownership(List.of(), Map.of(), Map.of()),
                new PlatformProfile.Alerts(Set.of(), Map.of(), Map.of()),
                Map.of(),
                PlatformProfile.Mocks.none(),
                PlatformProfile.HarnessImages.usual(),
                Set.of(),
                TIME_SCALE);
    }

    private static PlatformProfile.Inference served(String name, WorkloadRef workload) {
        return new PlatformProfile.Inference(
                name,
                workload,
                URI.create("http://127.0.0.1:1/v1"),
                name,
                Optional.of(workload.namespace()),
                8000,
                SLO);
    }

    <E extends Event> List<E> recorded(Class<E> type) {
        return journal.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<Phase> phases() {
        return recorded(Event.PhaseBegan.class).stream()
                .map(Event.PhaseBegan::phase)
                .toList();
    }

    /** How each undo step moved, in order. */
    List<UndoState> moves() {
        return recorded(Event.UndoMoved.class).stream()
                .map(Event.UndoMoved::state)
                .toList();
    }

    /** Why the run says that nothing can be judged of it. */
    List<String> flaws() {
        return journal.stream()
                .flatMap(event -> switch (event) {
                    case Event.Invalid invalid -> Stream.of("invalid: " + invalid.why());
                    case Event.Stopped stopped -> Stream.of("stopped: " + stopped.why());
                    default -> Stream.<String>empty();
                })
                .toList();
    }
}
