package airworthy.runner;

import airworthy.model.Contrast;
import airworthy.model.Event;
import airworthy.model.Phase;
import airworthy.model.Scenario;
import java.util.Optional;

/**
 * The contrast of one scenario: made where the fault was, once that has healed, held, and put back whatever happens in between.
 * A contrast that cannot be made leaves what was seen of the fault as it is.
 */
final class ContrastRun {
    private final Scenario scenario;
    private final Contrast contrast;
    private final Preparation.Ready ready;
    private final Injection injection;
    private final ScenarioLog log;
    private final Means means;
    private final Pace pace;
    private boolean open;

    private ContrastRun(
            Scenario scenario,
            Contrast contrast,
            Preparation.Ready ready,
            Injection injection,
            ScenarioLog log,
            Means means,
            Pace pace) {
        this.scenario = scenario;
        this.contrast = contrast;
        this.ready = ready;
        this.injection = injection;
        this.log = log;
        this.means = means;
        this.pace = pace;
    }

    /**
     * Empty where the scenario has none.
     *
     * @param ready what was prepared of the whole scenario; the undo steps are counted on from its own
     */
    static Optional<ContrastRun> of(
            Scenario scenario, Preparation.Ready ready, ScenarioLog log, Means means, Pace pace) {
        return scenario.contrast()
                .flatMap(contrast -> ready.contrasted().map(second -> {
                    Injection injection = new Injection(
                            scenario.id(),
                            ready.planned().changes().size(),
                            second.planned(),
                            means.actuators(),
                            means.journal(),
                            means.stamps());
                    return new ContrastRun(scenario, contrast, second, injection, log, means, pace);
                }));
    }

    /** Writes the undo list; it is on the disk when this returns. */
    void recordIntent() {
        injection.recordIntent();
        open = true;
    }

    /** Sees that nothing is left of it, whether or not it came to it. */
    void leave() {
        if (open) {
            means.healer().heal(injection.steps().reversed());
            open = false;
        }
    }

    void run(StopConditions conditions) throws InterruptedException {
        try (FaultWatch watch = means.watches().of(scenario.id(), contrast.fault(), ready)) {
            log.enter(Phase.CONTRAST);
            watch.before();
            try {
                make(watch, conditions);
            } finally {
                log.enter(Phase.CONTRAST_HEAL);
                leave();
            }
            watch.after();
        }
    }

    private void make(FaultWatch watch, StopConditions conditions) throws InterruptedException {
        switch (injection.apply(watch::made)) {
            case Injection.Ended.Broken(String why) -> log.record(new Event.ContrastFailed(scenario.id(), why));
            case Injection.Ended.Complete _ -> {
                log.record(new Event.ContrastApplied(scenario.id()));
                new Holding(log, means, pace).hold(contrast.hold(), watch, conditions);
            }
        }
    }
}
