package airworthy.runner;

import java.time.Duration;
import java.util.Optional;

/**
 * The time that a fault holds: it is looked at again and again, and so is what must not be hurt by it.
 *
 * @param log of the scenario
 * @param means with what
 * @param pace how fast
 */
record Holding(ScenarioLog log, Means means, Pace pace) {
    /** How many times the fault is looked at; each look is a request of ours, so few. */
    private static final int LOOKS = 6;

    /** Production time between one look at the stop conditions and the next. */
    private static final Duration WATCH_EVERY = Duration.ofSeconds(5);

    /** However compressed a run is, looking at the stop conditions is no load. */
    private static final Duration WATCH_AT_MOST = Duration.ofMillis(250);

    /**
     * Holds.
     *
     * @param production how long, in production time
     * @return whether it was cut short
     */
    boolean hold(Duration production, FaultWatch watch, StopConditions conditions) throws InterruptedException {
        Duration hold = pace.scaled(production);
        Duration watchEvery = longer(pace.scaled(WATCH_EVERY), WATCH_AT_MOST);
        long begun = now();
        long end = begun + hold.toNanos();
        for (long look = begun; ; ) {
            if (now() >= look) {
                log.record(watch.look());
                look += hold.dividedBy(LOOKS).toNanos();
            }
            Optional<String> why = conditions.met(now());
            if (why.isPresent()) {
                log.stopped(why.get());
                return true;
            }
            long now = now();
            if (now >= end) {
                return false;
            }
            long pause = Math.min(Math.min(end, look) - now, watchEvery.toNanos());
            if (means.cancellation().await(Duration.ofNanos(pause))) {
                log.stopped("the run was ended during the fault");
                return true;
            }
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private long now() {
        return means.stamps().monotonic().getAsLong();
    }
}
