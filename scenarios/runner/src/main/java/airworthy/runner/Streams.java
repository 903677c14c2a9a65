package airworthy.runner;

import airworthy.faults.client.ExtraLoad;
import airworthy.load.LoadEngine;
import airworthy.load.StreamOrder;
import airworthy.load.Timeouts;
import airworthy.model.Change;
import airworthy.model.Event;
import airworthy.model.LoadPlan;
import airworthy.model.PlatformProfile;
import airworthy.model.ScenarioId;
import airworthy.model.Slo;
import airworthy.probes.EventSink;
import airworthy.probes.Stamps;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The load of scenarios: a stream at the target, one at half its rate at each bystander, and what faults send beside them.
 * Thread-safe.
 */
public final class Streams implements ExtraLoad {
    /** What a patient user of a stream waits for: bounds on a request's life, far beyond any SLO. */
    private static final Timeouts PATIENCE =
            new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(60));

    private static final int MAX_TOKENS = 64;

    private final LoadEngine engine;
    private final PlatformProfile profile;
    private final Function<String, Optional<String>> keys;
    private final EventSink journal;
    private final Stamps stamps;
    private final long seed;
    private final Map<String, Double> extra = new ConcurrentHashMap<>();

    /**
     * @param engine who sends
     * @param profile where to
     * @param keys each tenant's key, if it has one
     * @param journal where the beginnings and ends go
     * @param stamps the clocks
     * @param seed of prompts and schedules
     */
    public Streams(
            LoadEngine engine,
            PlatformProfile profile,
            Function<String, Optional<String>> keys,
            EventSink journal,
            Stamps stamps,
            long seed) {
        this.engine = engine;
        this.profile = profile;
        this.keys = keys;
        this.journal = journal;
        this.stamps = stamps;
        this.seed = seed;
    }

    /** The load of one scenario while it is on. */
    final class Running {
        private final ScenarioId scenario;
        private final List<String> names = new ArrayList<>();
        private final Map<String, Slo> bystanders = new HashMap<>();

        private Running(ScenarioId scenario) {
            this.scenario = scenario;
        }

        /** The SLO of each bystander, by the name of its stream. */
        Map<String, Slo> bystanders() {
            return Map.copyOf(bystanders);
        }

        /** Ends all streams and waits for what is in flight. */
        void stop() throws IOException, InterruptedException {
            for (String name : names) {
                engine.stop(name);
                if (!name.startsWith(StreamOrder.WARM_UP)) {
                    journal.record(stamps.now("harness"), new Event.LoadOff(scenario, name));
                }
            }
        }
    }

    /**
     * Begins the load of a scenario.
     *
     * @param perSecond the target's rate
     */
    Running begin(ScenarioId scenario, LoadPlan load, PlatformProfile.Inference target, double perSecond)
            throws IOException, InterruptedException {
        Running running = new Running(scenario);
        begin(running, load, target, Event.LoadRole.TARGET, perSecond);
        for (PlatformProfile.Inference bystander : profile.bystandersOf(target.workload())) {
            begin(running, load, bystander, Event.LoadRole.BYSTANDER, perSecond / 2);
        }
        return running;
    }

    /**
     * Begins load at the target that leaves no records.
     *
     * @param perSecond its rate
     */
    Running warmUp(ScenarioId scenario, LoadPlan load, PlatformProfile.Inference target, double perSecond)
            throws IOException, InterruptedException {
        Running running = new Running(scenario);
        String name = StreamOrder.WARM_UP + "/" + scenario + "/" + target.name();
        engine.start(order(name, load.profile(), target, perSecond));
        running.names.add(name);
        return running;
    }

    private void begin(
            Running running, LoadPlan load, PlatformProfile.Inference served, Event.LoadRole role, double perSecond)
            throws IOException, InterruptedException {
        String name = name(running.scenario, served.name());
        journal.record(stamps.now("harness"), new Event.LoadOn(running.scenario, name, served.name(), role, perSecond));
        engine.start(order(name, load.profile(), served, perSecond));
        running.names.add(name);
        if (role == Event.LoadRole.BYSTANDER) {
            running.bystanders.put(name, served.slo());
        }
    }

    /** How the stream of a scenario at a served model is named. */
    static String name(ScenarioId scenario, String inference) {
        return scenario + "/" + inference;
    }

    @Override
    public OptionalDouble rate(String stream) {
        Double rate = extra.get(stream);
        return rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate);
    }

    @Override
    public void begin(Change.SendLoad load) throws IOException, InterruptedException {
        PlatformProfile.Inference served = profile.inference().stream()
                .filter(each -> each.name().equals(load.inference()))
                .findFirst()
                .orElseThrow(() -> new IOException("the profile serves no model named " + load.inference()));
        if (extra.putIfAbsent(load.stream(), load.perSecond()) == null) {
            // kept even if this fails: the engine may have begun it, and undo has to know
            engine.start(order(load.stream(), load.profile(), served, load.perSecond()));
        }
    }

    @Override
    public void end(String stream, double perSecond) throws IOException, InterruptedException {
        if (Objects.equals(extra.get(stream), perSecond)) {
            engine.stop(stream);
            extra.remove(stream, perSecond);
        }
    }

    /**
     * Counts the requests of a running stream that were sent so far.
     *
     * @throws IOException when no such stream runs
     */
    public long sent(String stream) throws IOException, InterruptedException {
        return engine.sent(stream);
    }

    private StreamOrder order(String name, String loadProfile, PlatformProfile.Inference served, double perSecond) {
        return new StreamOrder(
                name,
                served.url(),
                served.model(),
                served.tenant().flatMap(keys),
                profile.gateway().flatMap(PlatformProfile.Gateway::replicaHeader),
                perSecond,
                seed + name.hashCode(),
                loadProfile,
                PATIENCE,
                MAX_TOKENS);
    }
}
