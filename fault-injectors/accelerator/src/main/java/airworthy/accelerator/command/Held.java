package airworthy.accelerator.command;

import java.time.Duration;

/**
 * What of a device is held, as the driver granted it.
 *
 * @param bytes of its memory
 * @param busy for how long kernels have been under way in all
 */
record Held(long bytes, Duration busy) {
    static final Held NOTHING = new Held(0, Duration.ZERO);

    Held plus(Held other) {
        return new Held(bytes + other.bytes, busy.plus(other.busy));
    }
}
