package airworthy.runner;

import airworthy.faults.Actuator;
import airworthy.faults.Planning;
import airworthy.faults.RunMark;
import airworthy.format.Embedding;
import airworthy.format.Read;
import airworthy.format.SchemaCheck;
import airworthy.format.SuiteFiles;
import airworthy.format.SuiteReader;
import airworthy.format.journal.JournalDamagedException;
import airworthy.format.journal.JournalWriter;
import airworthy.load.RequestTail;
import airworthy.model.Change;
import airworthy.model.Event;
import airworthy.model.Layer;
import airworthy.model.Need;
import airworthy.model.Phase;
import airworthy.model.PlatformProfile;
import airworthy.model.Presence;
import airworthy.model.Scenario;
import airworthy.probes.EventSink;
import airworthy.probes.Reading;
import airworthy.probes.Stamps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A run of two scenarios that is really kept on the disk, on a fake platform, with every phase a few milliseconds long.
 */
final class KeptRun {
    private static final String PROFILE = """
        apiVersion: airworthy/v1
        kind: Platform
        name: fake
        environment: test
        cluster: absent
        allow: { namespaces: [team-a], maxTokens: 100000000 }
        inference:
          - { name: chat, workload: team-a/deployment/chat, url: "http://127.0.0.1:1/v1", model: chat, port: 8000, slo: { ttft: 250ms, gap: 40ms } }
        timeScale: 6000
        """;

    private static final String SCENARIO = """
        apiVersion: airworthy/v1
        kind: Scenario
        metadata: { id: SRV-4, name: slow-tokens, capability: serving, severity: critical, lifecycle: stable }
        title: One replica is slow
        why: Because
        needs: [inference]
        load: { profile: chat, rate: 5/s }
        target: { inference: any, replica: one }
        phases: { baseline: 1m, hold: 1m, heal: 1m }
        faults:
          - model.slow-tokens: { factor: 20 }
        expect:
          recover: { within: 1m }
        remedy: Route by latency
        """;

    final FakePlatform platform = new FakePlatform().lever("a", "1");
    final RunFolder folder;
    final FakeLoad load;
    final Scenario first;
    final Scenario second;
    final JournalWriter journal;
    final Assessment assessment;
    private final Map<Phase, Runnable> atPhase = new HashMap<>();

    /**
     * @param dir an empty folder
     * @param ears what listens
     */
    KeptRun(Path dir, AutoCloseable... ears) throws IOException {
        SuiteFiles suite = suite(dir);
        first = suite.suite().scenarios().getFirst();
        second = suite.suite().scenarios().getLast();
        Stamps stamps = Stamps.ofThisMachine();
        folder = RunFolder.create(dir, Instant.parse("2026-11-21T10:00:00Z"), "r1");
        load = new FakeLoad(folder.requests());
        journal = JournalWriter.create(folder.journal());
        journal.append(
                stamps.now("harness"),
                new Event.RunStarted(
                        "r1",
                        1,
                        "test",
                        suite.suite().name(),
                        suite.suite().planned(),
                        Embedding.of(dir.resolve("platform.yaml").toString(), PROFILE),
                        suite.files()));
        Event.Surveyed survey = new Event.Surveyed(
                Map.of(Need.INFERENCE, new Event.PartFound(Presence.PRESENT, "2 replicas")),
                Optional.empty(),
                Set.of(),
                new TreeMap<>(),
                List.of());
        journal.append(stamps.now("harness"), survey);
        assessment = new Assessment(
                folder, journal, suite.suite(), means(survey, journal::append, stamps), load, List.of(ears));
    }

    /** Happens when a scenario enters a phase. */
    void at(Phase phase, Runnable act) {
        atPhase.put(phase, act);
    }

    private Means means(Event.Surveyed survey, EventSink sink, Stamps stamps) throws IOException {
        PlatformProfile profile = profile();
        List<Actuator> actuators = List.of(platform);
        Planning planning = new Planning.Planned(
                "fake",
                Set.of(Layer.CLIENT),
                List.of(new Change.PullLever(FakePlatform.address("a"), "20", "1")),
                Set.of("team-a"),
                0);
        return new Means(
                profile,
                new Preparation.Reads(
                        profile,
                        survey,
                        List.of(Rehearsal.injector("fake", planning)),
                        selector -> new Reading.Present<>(Rehearsal.TARGET),
                        new RunMark("mark", "somebody", Instant.EPOCH)),
                actuators,
                (scenario, fault, ready) -> new ScriptedWatch(scenario),
                (audit, to) -> "",
                new Streams(load, profile, tenant -> Optional.empty(), "mark", sink, stamps, 1),
                target -> List.of(),
                new Guards(
                        () -> RequestTail.fromNow(folder.requests()),
                        sinceNs -> Optional.empty(),
                        () -> new Reading.Present<>("v1.36"),
                        Optional.empty()),
                new Healer(actuators, sink, stamps, Duration.ofSeconds(5)),
                sink,
                stamps,
                new Cancellation(),
                (scenario, phase) -> atPhase.getOrDefault(phase, () -> {}).run());
    }

    /** The profile as {@link StoredRun} will read it back: from its text. */
    private PlatformProfile profile() throws IOException {
        try {
            return StoredRun.profile(folder);
        } catch (JournalDamagedException e) {
            throw new IOException(e);
        }
    }

    private static SuiteFiles suite(Path dir) throws IOException {
        Path files = Files.createDirectory(dir.resolve("suite"));
        for (String id : List.of("SRV-4", "SRV-5")) {
            Files.writeString(files.resolve(id + ".yaml"), SCENARIO.replace("SRV-4", id));
        }
        return switch (new SuiteReader(new SchemaCheck()).read(files)) {
            case Read.Ok<SuiteFiles>(SuiteFiles read) -> read;
            case Read.Bad<SuiteFiles> bad ->
                throw new IOException(bad.problems().toString());
        };
    }
}
