package airworthy.accelerator.command;

import airworthy.levers.Range;
import java.util.Optional;

/** What can be set from outside: whole numbers. */
enum Lever implements airworthy.levers.Lever {
    LEAVE_FREE_MIB("leaveFreeMiB", -1, -1, 1 << 24, "what is left of the device's memory; -1: all of it"),
    DUTY_PERCENT("dutyPercent", 0, 0, 100, "for how much of the time the device computes for us");

    private final String key;
    private final double rest;
    private final double least;
    private final double most;
    private final String effect;

    Lever(String key, double rest, double least, double most, String effect) {
        this.key = key;
        this.rest = rest;
        this.least = least;
        this.most = most;
        this.effect = effect;
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public double rest() {
        return rest;
    }

    @Override
    public Optional<String> refusal(double value) {
        Range range = new Range(least, most, effect);
        return value == Math.rint(value) ? range.refusal(key, value) : range.told(key, value);
    }
}
