package airworthy.accelerator.hold;

/**
 * For how much of the time a neighbour computes.
 *
 * @param percent from 1 to 100
 */
public record Duty(int percent) {
    public Duty {
        if (percent < 1 || percent > 100) {
            throw new IllegalArgumentException("found a duty of " + percent + "%, expected 1% to 100%");
        }
    }

    /** How long it computes in each period, in nanoseconds. */
    long busyNs(long periodNs) {
        return periodNs * percent / 100;
    }
}
