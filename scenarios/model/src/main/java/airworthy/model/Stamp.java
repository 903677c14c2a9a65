package airworthy.model;

import java.time.Duration;
import java.time.Instant;

/**
 * When something happened, by whose clock, and how far off that may be.
 *
 * @param source whose clock, for example {@code harness}; on one Linux host all monotonic clocks share their base
 * @param monoNs monotonic nanoseconds; only differences mean anything
 * @param wall wall time, for people; never used to measure
 * @param errorNs the largest error of {@code monoNs}, in nanoseconds: a poll's interval, an offset's uncertainty
 */
public record Stamp(String source, long monoNs, Instant wall, long errorNs) {
    public Stamp {
        if (errorNs < 0) {
            throw new IllegalArgumentException("a stamp's error must not be negative: " + errorNs);
        }
    }

    /** The time from an earlier stamp to this one, with the summed error of both. */
    public Interval since(Stamp earlier) {
        return new Interval(
                Duration.ofNanos(monoNs - earlier.monoNs), Duration.ofNanos(Math.addExact(errorNs, earlier.errorNs)));
    }
}
