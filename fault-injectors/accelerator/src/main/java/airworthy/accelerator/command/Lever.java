package airworthy.accelerator.command;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What can be set from outside. */
enum Lever {
    LEAVE_FREE_MIB("leaveFreeMiB", -1, -1, 1L << 24, "what is left of the device's memory; -1: all of it"),
    DUTY_PERCENT("dutyPercent", 0, 0, 100, "for how much of the time the device computes for us");

    private final String key;
    private final long rest;
    private final long least;
    private final long most;
    private final String effect;

    Lever(String key, long rest, long least, long most, String effect) {
        this.key = key;
        this.rest = rest;
        this.least = least;
        this.most = most;
        this.effect = effect;
    }

    static Optional<Lever> named(String key) {
        return Arrays.stream(values()).filter(lever -> lever.key.equals(key)).findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(Lever::key).toList();
    }

    /** Returns the name that the admin API uses. */
    String key() {
        return key;
    }

    /** Returns the value at which nothing is done. */
    long rest() {
        return rest;
    }

    /** Returns why {@code value} cannot be set, or empty when it can. */
    Optional<String> refusal(long value) {
        return value >= least && value <= most
                ? Optional.empty()
                : Optional.of("%s: found %d, expected a whole number from %d to %d (%s)"
                        .formatted(key, value, least, most, effect));
    }
}
