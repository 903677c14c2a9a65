package airworthy.proxy;

import airworthy.levers.LeverPositions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The positions of the levers, and what follows from them. They follow for as long as the lease lasts: after it nothing is
 * disturbed any more, whoever forgot to put a lever back. Safe for any number of threads.
 */
final class Levers implements LeverPositions<Lever> {

    private final Lease lease;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final EnumMap<Lever, Double> positions = new EnumMap<>(Lever.class);
    private boolean released;

    Levers(Lease lease, InstantSource clock) {
        this.lease = lease;
        this.clock = clock;
        for (Lever lever : Lever.values()) {
            positions.put(lever, lever.rest());
        }
    }

    @Override
    public double get(Lever lever) {
        lock.lock();
        try {
            return positions.getOrDefault(lever, lever.rest());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean set(Lever lever, double value, OptionalDouble expected) {
        lock.lock();
        try {
            if (expected.isPresent() && Double.compare(expected.getAsDouble(), get(lever)) != 0) {
                return false;
            }
            positions.put(lever, value);
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Lever> all() {
        return List.of(Lever.values());
    }

    /** From now on nothing is disturbed, and what was held back goes on. */
    void release() {
        lock.lock();
        try {
            released = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns what is to be done now; nothing at rest and nothing after the lease. */
    List<Disturbance> disturbances() {
        lock.lock();
        try {
            List<Disturbance> all = new ArrayList<>();
            if (released || lease.left(clock.instant()).isZero()) {
                return all;
            }
            if (get(Lever.ERROR_STATUS) > 0) {
                all.add(new Disturbance.Refuse(count(Lever.ERROR_STATUS), get(Lever.ERROR_SHARE)));
            }
            if (get(Lever.CUT_AFTER_EVENTS) > 0) {
                all.add(new Disturbance.Cut(count(Lever.CUT_AFTER_EVENTS), get(Lever.CUT_BY_RESET) > 0));
            }
            if (get(Lever.IN_BAND_ERROR_AFTER_EVENTS) > 0) {
                all.add(new Disturbance.InBandError(count(Lever.IN_BAND_ERROR_AFTER_EVENTS)));
            }
            if (get(Lever.HANG_AFTER_EVENTS) > 0) {
                all.add(new Disturbance.Hang(count(Lever.HANG_AFTER_EVENTS)));
            }
            if (get(Lever.FIRST_TOKEN_DELAY_MS) > 0) {
                all.add(new Disturbance.LateFirstEvent(millis(Lever.FIRST_TOKEN_DELAY_MS)));
            }
            if (get(Lever.TOKEN_DELAY_FACTOR) > 1) {
                Optional<Duration> gap = Optional.of(millis(Lever.TOKEN_GAP_MS)).filter(Duration::isPositive);
                all.add(new Disturbance.SlowEvents(get(Lever.TOKEN_DELAY_FACTOR), gap));
            }
            if (get(Lever.WRONG_ANSWER) > 0) {
                all.add(new Disturbance.WrongWords());
            }
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** Returns what becomes of artefacts now; nothing at rest and nothing after the lease. */
    Optional<Corruption> corruption() {
        lock.lock();
        try {
            if (released || lease.left(clock.instant()).isZero()) {
                return Optional.empty();
            }
            if (get(Lever.DOWNLOAD_MISSING) > 0) {
                return Optional.of(new Corruption.Missing());
            }
            if (get(Lever.DOWNLOAD_KEEP_PERCENT) < Lever.DOWNLOAD_KEEP_PERCENT.rest()) {
                return Optional.of(new Corruption.Truncated(get(Lever.DOWNLOAD_KEEP_PERCENT) / 100));
            }
            if (get(Lever.DOWNLOAD_FLIPPED_BITS) > 0) {
                return Optional.of(new Corruption.Flipped(
                        count(Lever.DOWNLOAD_FLIPPED_BITS), get(Lever.DOWNLOAD_FLIP_TENSORS_ONLY) > 0));
            }
            if (get(Lever.DOWNLOAD_OTHER_DIGEST) > 0) {
                return Optional.of(new Corruption.OtherDigest());
            }
            Corruption.Slow slow = new Corruption.Slow(
                    (long) Math.ceil(get(Lever.DOWNLOAD_BYTES_PER_SECOND)), get(Lever.DOWNLOAD_TIMES_AS_LONG));
            return slow.bytesPerSecond() > 0 || slow.timesAsLong() > 1 ? Optional.of(slow) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until so much time is over, or a lever was moved, or the lease ended; the caller then looks again. */
    void awaitChange(Duration atMost, List<Disturbance> seen) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Duration left = lease.left(clock.instant());
            long nanos = left.compareTo(atMost) < 0 ? left.toNanos() : atMost.toNanos();
            while (nanos > 0 && disturbances().equals(seen)) {
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    private int count(Lever lever) {
        return (int) get(lever);
    }

    private Duration millis(Lever lever) {
        return Duration.ofNanos((long) (get(lever) * 1_000_000));
    }
}
