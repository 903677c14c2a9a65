package airworthy.runner;

import airworthy.faults.client.ExtraLoad;
import airworthy.load.LoadEngine;
import airworthy.load.StreamOrder;
import airworthy.load.Timeouts;
import airworthy.model.Change;
import airworthy.model.Credential;
import airworthy.model.Event;
import airworthy.model.LoadPlan;
import airworthy.model.PlatformProfile;
import airworthy.model.ScenarioId;
import airworthy.model.Slo;
import airworthy.model.Stamp;
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
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The load of scenarios: a stream at the target, one at half its rate at each bystander, and what faults send beside them.
 * Thread-safe.
 */
public final class Streams implements ExtraLoad {
    /** What a patient user of a stream waits for: bounds on a request's life, far beyond any SLO. */
    private static final Timeouts PATIENCE =
            new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(60));

    private static final int MAX_TOKENS = 64;

    /** No gateway makes keys like this one. */
    private static final String NO_KEY = "not-a-key";

    private final LoadEngine engine;
    private final PlatformProfile profile;
    private final Function<String, Optional<String>> keys;
    private final Function<String, Optional<String>> badKeys;
    private final String runLabel;
    private final EventSink journal;
    private final Stamps stamps;
    private final long seed;
    private final Duration cold;
    private final Map<String, Double> extra = new ConcurrentHashMap<>();
    private final AtomicLong tokens = new AtomicLong();
    private final AtomicReference<@Nullable Stamp> first = new AtomicReference<>();

    /**
     * @param engine who sends
     * @param profile where to
     * @param keys each tenant's key, if it has one
     * @param badKeys each key that was good once, by the profile's name for it
     * @param runLabel what each request carries, so that it is known as ours
     * @param journal where the beginnings and ends go
     * @param stamps the clocks
     * @param seed of prompts and schedules
     * @param cold for how long a run's first load is sent before anything is recorded
     */
    public Streams(
            LoadEngine engine,
            PlatformProfile profile,
            Function<String, Optional<String>> keys,
            Function<String, Optional<String>> badKeys,
            String runLabel,
            EventSink journal,
            Stamps stamps,
            long seed,
            Duration cold) {
        this.engine = engine;
        this.profile = profile;
        this.keys = keys;
        this.badKeys = badKeys;
        this.runLabel = runLabel;
        this.journal = journal;
        this.stamps = stamps;
        this.seed = seed;
        this.cold = cold;
    }

    /** Where no key is known that was good once, and nothing has to get warm. */
    public Streams(
            LoadEngine engine,
            PlatformProfile profile,
            Function<String, Optional<String>> keys,
            String runLabel,
            EventSink journal,
            Stamps stamps,
            long seed) {
        this(engine, profile, keys, name -> Optional.empty(), runLabel, journal, stamps, seed, Duration.ZERO);
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
     * Books what a scenario may ask for, whether or not it will: consent is for the whole run.
     *
     * @param most tokens
     * @return why it may not, in words for the profile's owner; empty if it may
     */
    Optional<String> book(long most) {
        long allowed = profile.consent().maxTokens();
        long before = tokens.getAndUpdate(booked -> booked + most <= allowed ? booked + most : booked);
        return before + most <= allowed ? Optional.empty() : Optional.of(Consents.tokensMissing(most, before, allowed));
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
        for (PlatformProfile.Inference neighbour : neighbours(target)) {
            String stream =
                    name(scenario, neighbour.name()) + "/" + neighbour.tenant().orElse("nobody");
            begin(running, load, neighbour, Event.LoadRole.BYSTANDER, perSecond / 2, stream);
        }
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
        first.compareAndSet(null, stamps.now("harness"));
        Running running = new Running(scenario);
        String name = StreamOrder.WARM_UP + "/" + scenario + "/" + target.name();
        engine.start(order(name, load.profile(), target, perSecond));
        running.names.add(name);
        return running;
    }

    /** How long the run's first load has to go on until what it meets is warm: no time scale makes that faster. */
    Duration stillCold() {
        Stamp begun = first.get();
        return begun == null ? cold : cold.minusNanos(stamps.monotonic().getAsLong() - begun.monoNs());
    }

    /** Who else uses a model, where it is hit as a tenant of its own uses it: the tenant that the profile names for it. */
    private List<PlatformProfile.Inference> neighbours(PlatformProfile.Inference target) {
        return profile.inference().stream()
                .filter(served -> served.name().equals(target.name()))
                .filter(served -> !served.tenant().equals(target.tenant()))
                .toList();
    }

    private void begin(
            Running running, LoadPlan load, PlatformProfile.Inference served, Event.LoadRole role, double perSecond)
            throws IOException, InterruptedException {
        begin(running, load, served, role, perSecond, name(running.scenario, served.name()));
    }

    private void begin(
            Running running,
            LoadPlan load,
            PlatformProfile.Inference served,
            Event.LoadRole role,
            double perSecond,
            String name)
            throws IOException, InterruptedException {
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
            engine.start(order(
                    load.stream(),
                    load.profile(),
                    served,
                    load.perSecond(),
                    bearer(served, load.credential()),
                    load.most()));
        }
    }

    private Optional<String> bearer(PlatformProfile.Inference served, Credential credential) throws IOException {
        return switch (credential) {
            case Credential.Usual() -> served.tenant().flatMap(keys);
            case Credential.OfTenant(String tenant) -> Optional.of(tenant).flatMap(keys);
            case Credential.None() -> Optional.empty();
            case Credential.Malformed() -> Optional.of(NO_KEY);
            case Credential.NoMore(String name) ->
                Optional.of(badKeys.apply(name)
                        .orElseThrow(() -> new IOException(
                                "gateway.badKeys." + name + " of the profile refers to nothing that can be read")));
        };
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
        return order(name, loadProfile, served, perSecond, served.tenant().flatMap(keys), OptionalInt.empty());
    }

    private StreamOrder order(
            String name,
            String loadProfile,
            PlatformProfile.Inference served,
            double perSecond,
            Optional<String> bearer,
            OptionalInt most) {
        return new StreamOrder(
                name,
                served.url(),
                served.model(),
                bearer,
                Optional.of(runLabel),
                profile.gateway().flatMap(PlatformProfile.Gateway::replicaHeader),
                perSecond,
                seed + name.hashCode(),
                loadProfile,
                PATIENCE,
                MAX_TOKENS,
                most);
    }
}
