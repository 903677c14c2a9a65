package airworthy.runner;

import airworthy.model.Change;
import airworthy.model.Dimension;
import airworthy.model.Event;
import airworthy.model.Phase;
import airworthy.model.PlatformProfile;
import airworthy.model.Scenario;
import airworthy.model.Slo;
import airworthy.model.Target;
import airworthy.model.TargetSelector;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One scenario from its plan to its last control window. What was changed is put back whatever happens in between; used
 * by one thread, once.
 */
public final class ScenarioRun {
    /** How often open alerts are asked for while waiting; the journal is in memory, so it costs nothing. */
    private static final Duration POLL = Duration.ofMillis(100);

    private final Scenario scenario;
    private final Means means;
    private final Pace pace;
    private final ScenarioLog log;

    public ScenarioRun(Scenario scenario, Means means) {
        this.scenario = scenario;
        this.means = means;
        this.pace = new Pace(means.profile().timeScale());
        this.log = new ScenarioLog(scenario, means);
    }

    /** Runs the scenario; all that was seen is in the journal. */
    public void run() throws InterruptedException {
        log.enter(Phase.PLAN);
        try {
            if (scenario.audit()) {
                audit();
            } else {
                experiment();
            }
        } catch (InterruptedException e) {
            log.stopped("the run was interrupted");
            throw e;
        } catch (RuntimeException e) {
            // what was seen until then is half of a run: it must not be judged as if it were whole
            log.invalid("a bug of ours ended it: " + e);
            throw e;
        } finally {
            log.enter(Phase.DONE);
            log.record(new Event.ScenarioEnded(scenario.id()));
        }
    }

    private void audit() throws InterruptedException {
        Optional<String> missing =
                Preparation.missingPart(scenario, means.reads().survey());
        String blind = missing.isPresent() ? missing.get() : means.auditor().look(scenario, means.journal());
        if (!blind.isEmpty()) {
            log.invalid(blind);
        }
    }

    private void experiment() throws InterruptedException {
        switch (Preparation.of(scenario, means.reads())) {
            case Preparation.Blocked(String why) -> log.invalid(why);
            case Preparation.Ready ready -> {
                log.record(new Event.Planned(
                        scenario.id(),
                        ready.target(),
                        ready.planned().mechanism(),
                        ready.planned().touches(),
                        ready.changes().stream().map(Change::describe).toList()));
                underLoad(ready);
            }
        }
    }

    private void underLoad(Preparation.Ready ready) throws InterruptedException {
        if (!settled(ready.target())) {
            if (means.cancellation().isCancelled()) {
                log.stopped("the run was ended before the fault");
                return;
            }
            log.invalid("an alert about the target was on before the fault and did not end: "
                    + means.openAlerts().about(ready.target()));
            return;
        }
        Optional<String> tooMuch = means.streams().book(ready.tokens());
        if (tooMuch.isPresent()) {
            log.invalid(tooMuch.get());
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
            log.invalid("the load could not be sent: " + e.getMessage());
        }
    }

    private Optional<Streams.Running> beginLoad(Target target) throws IOException, InterruptedException {
        Optional<PlatformProfile.Inference> served =
                target.inference().flatMap(this::inference).map(inference -> asTenantOf(target, inference));
        if (scenario.load().isEmpty() || served.isEmpty()) {
            return Optional.empty();
        }
        log.enter(Phase.WARM_UP);
        Streams.Running warmUp =
                means.streams().warmUp(scenario.id(), scenario.load().get(), served.get(), perSecond());
        try {
            Duration usual = pace.scaled(Pace.WARM_UP);
            Duration cold = means.streams().stillCold();
            means.cancellation().await(cold.compareTo(usual) > 0 ? cold : usual);
        } finally {
            warmUp.stop();
        }
        return Optional.of(means.streams().begin(scenario.id(), scenario.load().get(), served.get(), perSecond()));
    }

    /** A tenant that is hit uses the model with its own key. */
    private PlatformProfile.Inference asTenantOf(Target target, PlatformProfile.Inference served) {
        String tenant = target.names().get(Dimension.TENANT);
        return scenario.target() instanceof TargetSelector.BudgetedTenant && tenant != null
                ? served.as(tenant)
                : served;
    }

    private void breakAndHeal(Preparation.Ready ready, Map<String, Slo> bystanders)
            throws IOException, InterruptedException {
        Optional<ContrastRun> contrast = ContrastRun.of(scenario, ready, log, means, pace);
        try {
            if (seenThrough(ready, contrast, bystanders) && contrast.isPresent()) {
                contrast.get().run(new StopConditions(means.guards(), bystanders, now()));
            }
        } finally {
            contrast.ifPresent(ContrastRun::leave);
        }
    }

    /** Returns whether the fault was there, and all was seen from the baseline to the end of the tail. */
    private boolean seenThrough(Preparation.Ready ready, Optional<ContrastRun> contrast, Map<String, Slo> bystanders)
            throws IOException, InterruptedException {
        Injection injection =
                new Injection(scenario.id(), ready.planned(), means.actuators(), means.journal(), means.stamps());
        try (FaultWatch watch =
                means.watches().of(scenario.id(), scenario.faults().getFirst(), ready)) {
            log.enter(Phase.BASELINE);
            watch.before();
            if (means.cancellation().await(pace.scaled(scenario.phases().baseline()))) {
                log.stopped("the run was ended before the fault");
                return false;
            }
            StopConditions conditions = new StopConditions(means.guards(), bystanders, now());
            log.enter(Phase.APPLY);
            injection.recordIntent();
            contrast.ifPresent(ContrastRun::recordIntent);
            Course course;
            try {
                course = breakIt(injection, watch, conditions);
            } finally {
                log.enter(Phase.HEAL);
                means.healer().heal(injection.steps().reversed());
                log.enter(Phase.OBSERVE);
            }
            return course != Course.CUT_SHORT && observed(watch, ready.target()) && course == Course.HELD;
        }
    }

    private enum Course {
        HELD,
        CUT_SHORT,
        NEVER_MADE
    }

    private Course breakIt(Injection injection, FaultWatch watch, StopConditions conditions)
            throws InterruptedException {
        return switch (injection.apply(watch::made)) {
            case Injection.Ended.Broken(String why) -> {
                log.invalid("the fault could not be made: " + why);
                yield Course.NEVER_MADE;
            }
            case Injection.Ended.Complete(Duration took) -> {
                means.journal().record(means.stamps().seenNow("harness", took), new Event.FaultApplied(scenario.id()));
                log.enter(Phase.HOLD);
                boolean cut =
                        new Holding(log, means, pace).hold(scenario.phases().hold(), watch, conditions);
                yield cut ? Course.CUT_SHORT : Course.HELD;
            }
        };
    }

    /** Returns whether the return and the tail were watched to their ends. */
    private boolean observed(FaultWatch watch, Target target) throws InterruptedException {
        watch.after();
        long begun = now();
        long least = begun + pace.leastObservation(scenario, perSecond()).toNanos();
        long last = Math.max(least, begun + longestReturn().toNanos());
        while (now() < least || (!means.openAlerts().about(target).isEmpty() && now() < last)) {
            if (means.cancellation().await(POLL)) {
                log.stopped("the run was ended while the return was watched");
                return false;
            }
        }
        log.enter(Phase.TAIL);
        boolean cut = means.cancellation()
                .await(pace.scaled(scenario.phases().baseline()).dividedBy(2));
        if (cut) {
            log.stopped("the run was ended while its tail was watched");
        }
        return !cut;
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
}
