package airworthy.model;

import java.time.Duration;

/**
 * How long each phase of a scenario lasts, in production time; divided by the time scale when run.
 *
 * @param baseline under load, before the fault
 * @param hold from onset to the start of healing
 * @param heal the longest that observing recovery may take
 */
public record Phases(Duration baseline, Duration hold, Duration heal) {
    public Phases {
        for (Duration phase : new Duration[] {baseline, hold, heal}) {
            if (phase.isNegative()) {
                throw new IllegalArgumentException("a phase must not be negative: " + phase);
            }
        }
    }
}
