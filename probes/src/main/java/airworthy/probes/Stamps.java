package airworthy.probes;

import airworthy.model.Stamp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Makes stamps. The monotonic clock measures, the wall clock labels. Thread-safe if both clocks are.
 *
 * @param monotonic nanoseconds, such as {@code System::nanoTime}
 * @param wall the time of day
 */
public record Stamps(LongSupplier monotonic, InstantSource wall) {

    /** The clocks of this machine. */
    public static Stamps ofThisMachine() {
        return new Stamps(System::nanoTime, InstantSource.system());
    }

    /** A stamp of something that happened here and now. */
    public Stamp now(String source) {
        return new Stamp(source, monotonic.getAsLong(), wall.instant(), 0);
    }

    /** A stamp of something seen now that may have happened up to {@code age} earlier, as with polling. */
    public Stamp seenNow(String source, Duration age) {
        return new Stamp(source, monotonic.getAsLong(), wall.instant(), age.toNanos());
    }
}
