package airworthy.runner;

import airworthy.model.Check;
import airworthy.model.Contrast;
import airworthy.model.LoadPlan;
import airworthy.model.Phases;
import airworthy.model.Scenario;
import java.time.Duration;

/**
 * How fast a run goes. Phases and budgets are divided by the time scale; stream times, SLOs and stall limits never are.
 *
 * @param timeScale at least 1
 */
record Pace(int timeScale) {
    /** A 90th percentile needs 10 / (1 - 0.9) samples; a tenth more, because the first and last may fall outside. */
    private static final double SAMPLES_FOR_A_WINDOW = 110;

    /** Production time under load before anything is recorded. */
    static final Duration WARM_UP = Duration.ofSeconds(90);

    /** How long a scenario takes at most or nearly so, for people who wait: a return is seldom watched to its deadline. */
    Duration expected(Scenario scenario) {
        Phases phases = scenario.phases();
        if (scenario.audit()) {
            return Duration.ZERO;
        }
        Duration twice = phases.baseline().plus(phases.baseline().dividedBy(2));
        return scaled((scenario.load().isPresent() ? WARM_UP : Duration.ZERO)
                .plus(twice)
                .plus(phases.hold())
                .plus(phases.heal())
                .plus(scenario.contrast().map(Contrast::hold).orElse(Duration.ZERO)));
    }

    Duration scaled(Duration production) {
        return production.dividedBy(timeScale);
    }

    /**
     * The rate of the target's load. A compressed run may raise it, so that its shortest judged window still holds enough
     * samples; it never lowers it.
     */
    double perSecond(LoadPlan load, Phases phases) {
        double seconds = scaled(phases.baseline()).toNanos() / 1e9;
        return timeScale == 1 ? load.perSecond() : Math.max(load.perSecond(), SAMPLES_FOR_A_WINDOW / seconds);
    }

    /** The shortest time after healing in which a return to the baseline could be seen. */
    Duration leastObservation(Scenario scenario, double perSecond) {
        return scenario.checks().stream()
                .filter(Check.BackAtBaseline.class::isInstance)
                .map(Check.BackAtBaseline.class::cast)
                .map(check -> scaled(check.within()))
                .map(within -> within.plusNanos((long) (SAMPLES_FOR_A_WINDOW / perSecond * 1e9)))
                .findFirst()
                .orElse(Duration.ZERO);
    }
}
