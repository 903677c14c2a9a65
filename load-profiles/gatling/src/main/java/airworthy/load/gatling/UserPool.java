package airworthy.load.gatling;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The users that wait for an order, longest wait first, so that work spreads over all event loops. Nobody queues for a
 * user: an order that finds none is skipped. Safe for any number of threads.
 */
final class UserPool {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition parkedOne = lock.newCondition();
    private final Queue<User> parked = new ArrayDeque<>();
    private boolean closed;

    /** Takes a user in, or sends it home when the pool is closed. */
    void park(User user) {
        lock.lock();
        try {
            if (!closed) {
                parked.add(user);
                parkedOne.signalAll();
                return;
            }
        } finally {
            lock.unlock();
        }
        user.leave();
    }

    /** Returns a waiting user, if there is one. */
    Optional<User> take() {
        lock.lock();
        try {
            return Optional.ofNullable(parked.poll());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until so many users wait at once.
     *
     * @return whether they do, within the time given and before the pool is closed
     */
    boolean awaitParked(int users, Duration within) throws InterruptedException {
        long left = within.toNanos();
        lock.lockInterruptibly();
        try {
            while (parked.size() < users && !closed && left > 0) {
                left = parkedOne.awaitNanos(left);
            }
            return parked.size() >= users;
        } finally {
            lock.unlock();
        }
    }

    /** Sends every user home, those who wait now and those who come later. */
    void close() {
        Queue<User> leaving;
        lock.lock();
        try {
            closed = true;
            parkedOne.signalAll();
            leaving = new ArrayDeque<>(parked);
            parked.clear();
        } finally {
            lock.unlock();
        }
        leaving.forEach(User::leave);
    }
}
