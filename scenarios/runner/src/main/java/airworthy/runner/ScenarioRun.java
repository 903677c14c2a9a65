package airworthy.runner;

import airworthy.model.Change;
import airworthy.model.Event;
import airworthy.model.Phase;
import airworthy.model.PlatformProfile;
import airworthy.model.Scenario;
import airworthy.model.Slo;
import airworthy.model.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One scenario from its plan to its last control window. What was changed is put back whatever happens in between; used
 * by one thread, once.
 */
public final class ScenarioRun {
    /** How many times the fault is looked at during the hold; each look is a request of ours, so few. */
    private static final int LOOKS = 6;

    /** How often open alerts are asked for while waiting; the journal is in memory, so it costs nothing. */
    private static final Duration POLL = Duration.ofMillis(100);

    /** Production time between one look at the stop conditions and the next. */
    private static final Duration WATCH_EVERY = Duration.ofSeconds(5);

    /** However compressed a run is, looking at the stop conditions is no load. */
    private static final Duration WATCH_AT_MOST = Duration.ofMillis(250);

    /** Production time under load before anything is recorded. */
    private static final Duration WARM_UP = Duration.ofSeconds(90);

    private final Scenario scenario;
    private final Means means;
    private final Pace pace;

    public ScenarioRun(Scenario scenario, Means means) {
        this.scenario = scenario;
        this.means = means;
        this.pace = new Pace(means.profile().timeScale());
    }

    /** Runs the scenario; all that was seen is in the journal. */
    public void run() throws InterruptedException {
        enter(Phase.PLAN);
        try {
            if (scenario.audit()) {
                audit();
            } else {
                experiment();
            }
        } catch (InterruptedException e) {
            record(new Event.Stopped(scenario.id(), "the run was interrupted"));
            throw e;
        } catch (RuntimeException e) {
            // what was seen until then is half of a run: it must not be judged as if it were whole
            record(new Event.Invalid(scenario.id(), "a bug of ours ended it: " + e));
            throw e;
        } finally {
            enter(Phase.DONE);
            record(new Event.ScenarioEnded(scenario.id()));
        }
    }

    private void audit() throws InterruptedException {
        Optional<String> missing =
                Preparation.missingPart(scenario, means.reads().survey());
        String blind = missing.isPresent() ? missing.get() : means.auditor().look(scenario, means.journal());
        if (!blind.isEmpty()) {
            record(new Event.Invalid(scenario.id(), blind));
        }
    }

    private void experiment() throws InterruptedException {
        switch (Preparation.of(scenario, means.reads())) {
            case Preparation.Blocked(String why) -> record(new Event.Invalid(scenario.id(), why));
            case Preparation.Ready ready -> {
                record(new Event.Planned(
                        scenario.id(),
                        ready.target(),
                        ready.planned().mechanism(),
                        ready.planned().touches(),
                        ready.planned().changes().stream().map(Change::describe).toList()));
                underLoad(ready);
            }
        }
    }

    private void underLoad(Preparation.Ready ready) throws InterruptedException {
        if (!settled(ready.target())) {
            if (means.cancellation().isCancelled()) {
                record(new Event.Stopped(scenario.id(), "the run was ended before the fault"));
                return;
            }
            record(new Event.Invalid(
                    scenario.id(),
                    "an alert about the target was on before the fault and did not end: "
                            + means.openAlerts().about(ready.target())));
            return;
        }
        try {
            Optional<Streams.Running> load = beginLoad(ready.target());
            try {
                breakAndHeal(ready, load.map(Streams.Running::bystanders).orElse(Map.of()));
            } finally {
                if (load.isPresent()) {
                    load.get().stop();
                }
            }
        } catch (IOException e) {
            record(new Event.Invalid(scenario.id(), "the load could not be sent: " + e.getMessage()));
        }
    }

    private Optional<Streams.Running> beginLoad(Target target) throws IOException, InterruptedException {
        Optional<PlatformProfile.Inference> served = target.inference().flatMap(this::inference);
        if (scenario.load().isEmpty() || served.isEmpty()) {
            return Optional.empty();
        }
        enter(Phase.WARM_UP);
        Streams.Running warmUp =
                means.streams().warmUp(scenario.id(), scenario.load().get(), served.get(), perSecond());
        try {
            means.cancellation().await(pace.scaled(WARM_UP));
        } finally {
            warmUp.stop();
        }
        return Optional.of(means.streams().begin(scenario.id(), scenario.load().get(), served.get(), perSecond()));
    }

    private void breakAndHeal(Preparation.Ready ready, Map<String, Slo> bystanders)
            throws IOException, InterruptedException {
        Injection injection = new Injection(
                scenario.id(), ready.planned().changes(), means.actuators(), means.journal(), means.stamps());
        try (FaultWatch watch =
                means.watches().of(scenario.id(), scenario.faults().getFirst(), ready)) {
            breakAndHeal(injection, watch, ready.target(), bystanders);
        }
    }

    private void breakAndHeal(Injection injection, FaultWatch watch, Target target, Map<String, Slo> bystanders)
            throws IOException, InterruptedException {
        enter(Phase.BASELINE);
        watch.before();
        if (means.cancellation().await(pace.scaled(scenario.phases().baseline()))) {
            record(new Event.Stopped(scenario.id(), "the run was ended before the fault"));
            return;
        }
        StopConditions conditions = new StopConditions(means.guards(), bystanders, now());
        enter(Phase.APPLY);
        injection.recordIntent();
        boolean stopped;
        try {
            stopped = breakIt(injection, watch, conditions);
        } finally {
            enter(Phase.HEAL);
            means.healer().heal(injection.steps().reversed());
            enter(Phase.OBSERVE);
        }
        if (!stopped) {
            observe(watch, target);
        }
    }

    /** Returns whether the run was ended meanwhile. */
    private boolean breakIt(Injection injection, FaultWatch watch, StopConditions conditions)
            throws InterruptedException {
        return switch (injection.apply(watch::made)) {
            case Injection.Ended.Broken(String why) -> {
                record(new Event.Invalid(scenario.id(), "the fault could not be made: " + why));
                yield false;
            }
            case Injection.Ended.Complete(Duration took) -> {
                means.journal().record(means.stamps().seenNow("harness", took), new Event.FaultApplied(scenario.id()));
                yield hold(watch, conditions);
            }
        };
    }

    /** Returns whether it was cut short. */
    private boolean hold(FaultWatch watch, StopConditions conditions) throws InterruptedException {
        enter(Phase.HOLD);
        Duration hold = pace.scaled(scenario.phases().hold());
        Duration watchEvery = longer(pace.scaled(WATCH_EVERY), WATCH_AT_MOST);
        long begun = now();
        long end = begun + hold.toNanos();
        for (long look = begun; ; ) {
            if (now() >= look) {
                record(watch.look());
                look += hold.dividedBy(LOOKS).toNanos();
            }
            Optional<String> why = conditions.met();
            if (why.isPresent()) {
                record(new Event.Stopped(scenario.id(), why.get()));
                return true;
            }
            long now = now();
            if (now >= end) {
                return false;
            }
            long pause = Math.min(Math.min(end, look) - now, watchEvery.toNanos());
            if (means.cancellation().await(Duration.ofNanos(pause))) {
                record(new Event.Stopped(scenario.id(), "the run was ended during the fault"));
                return true;
            }
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private void observe(FaultWatch watch, Target target) throws InterruptedException {
        watch.after();
        long begun = now();
        long least = begun + pace.leastObservation(scenario, perSecond()).toNanos();
        long last = Math.max(least, begun + longestReturn().toNanos());
        while (now() < least || (!means.openAlerts().about(target).isEmpty() && now() < last)) {
            if (means.cancellation().await(POLL)) {
                record(new Event.Stopped(scenario.id(), "the run was ended while the return was watched"));
                return;
            }
        }
        enter(Phase.TAIL);
        boolean cut = means.cancellation()
                .await(pace.scaled(scenario.phases().baseline()).dividedBy(2));
        if (cut) {
            record(new Event.Stopped(scenario.id(), "the run was ended while its tail was watched"));
        }
    }

    /** Waits until no alert about the target is on: a live group would only be heard after its group interval. */
    private boolean settled(Target target) throws InterruptedException {
        long last = now() + longestReturn().toNanos();
        while (!means.openAlerts().about(target).isEmpty()) {
            if (now() >= last || means.cancellation().await(POLL)) {
                return false;
            }
        }
        return true;
    }

    /** The heal phase and the platform's own intervals, which are read as they are and not divided. */
    private Duration longestReturn() {
        long own = means.reads().survey().intervalsNs().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        return pace.scaled(scenario.phases().heal()).plusNanos(own);
    }

    private Optional<PlatformProfile.Inference> inference(String name) {
        return means.profile().inference().stream()
                .filter(served -> served.name().equals(name))
                .findFirst();
    }

    private double perSecond() {
        return scenario.load()
                .map(load -> pace.perSecond(load, scenario.phases()))
                .orElse(1.0);
    }

    private long now() {
        return means.stamps().monotonic().getAsLong();
    }

    private void enter(Phase phase) {
        record(new Event.PhaseBegan(scenario.id(), phase));
        means.progress().phase(scenario.id(), phase);
    }

    private void record(Event event) {
        means.journal().record(means.stamps().now("harness"), event);
    }
}
