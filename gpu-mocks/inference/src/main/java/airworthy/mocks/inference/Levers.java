package airworthy.mocks.inference;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The present position of every lever. Safe for any number of threads. */
public final class Levers {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final EnumMap<Lever, Double> positions = new EnumMap<>(Lever.class);

    /** All at rest. */
    public Levers() {
        for (Lever lever : Lever.values()) {
            positions.put(lever, lever.rest());
        }
    }

    public double get(Lever lever) {
        lock.lock();
        try {
            return positions.getOrDefault(lever, lever.rest());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sets a lever if it still stands where the caller believes.
     *
     * @param expected position that the caller believes, or empty to set regardless
     * @return whether it was set
     */
    boolean set(Lever lever, double value, OptionalDouble expected) {
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

    /** Returns all positions by the levers' names, in the order of declaration. */
    Map<String, Double> all() {
        lock.lock();
        try {
            Map<String, Double> all = new LinkedHashMap<>();
            positions.forEach((lever, value) -> all.put(lever.key(), value));
            return all;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits while answers with this many tokens are to hang.
     *
     * @return whether it had to wait
     */
    boolean awaitUnhung(int tokens) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            boolean waited = false;
            while (hangs(tokens)) {
                waited = true;
                changed.await();
            }
            return waited;
        } finally {
            lock.unlock();
        }
    }

    private boolean hangs(int tokens) {
        double after = get(Lever.HANG_AFTER_TOKENS);
        return after > 0 && tokens >= after;
    }
}
