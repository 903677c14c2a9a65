package airworthy.load.gatling;

import airworthy.load.LoadProfile;
import airworthy.load.StreamOrder;
import airworthy.model.RequestOutcome;
import airworthy.model.RequestRecord;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One stream of load while it is sent. Safe for any number of threads. */
final class RunningStream {

    private final StreamOrder order;
    private final ChatRequests requests;
    private final UserPool users;
    private final StreamListener listener;
    private final PrimitiveIterator.OfLong offsets;
    private final long firstNs;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition drained = lock.newCondition();
    private final Set<Exchange> inFlight = new HashSet<>();
    private boolean stopped;
    private long number;
    private long sent;
    private long nextNs;

    RunningStream(StreamOrder order, LoadProfile profile, long firstNs, UserPool users, StreamListener listener) {
        this.order = order;
        this.requests = new ChatRequests(order, profile);
        this.users = users;
        this.listener = listener;
        this.offsets = profile.schedule(order).offsetsNs();
        this.firstNs = firstNs;
        this.nextNs = firstNs + offsets.nextLong();
    }

    /** When the next request is wanted. */
    long nextNs() {
        lock.lock();
        try {
            return nextNs;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends the next request, or skips it when no user is free.
     *
     * @return whether another will follow
     */
    boolean fire() {
        lock.lock();
        try {
            if (stopped || (order.most().isPresent() && number >= order.most().getAsInt())) {
                return false;
            }
            listener.scheduled();
            Optional<User> user = users.take();
            if (user.isPresent()) {
                Exchange exchange = new Exchange(order, requests, number, nextNs, user.get(), this::ended);
                inFlight.add(exchange);
                exchange.begin();
                sent++;
            } else {
                listener.ended(skipped());
            }
            number++;
            nextNs = firstNs + offsets.nextLong();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private RequestRecord skipped() {
        return new RequestRecord(
                order.stream(),
                number,
                RequestOutcome.SKIPPED_BY_CAP,
                OptionalInt.empty(),
                Optional.empty(),
                nextNs,
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                List.of(),
                System.nanoTime(),
                OptionalInt.empty(),
                Optional.empty(),
                "no user was free");
    }

    private void ended(Exchange exchange, RequestRecord request) {
        listener.ended(request);
        lock.lock();
        try {
            inFlight.remove(exchange);
            drained.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Schedules no more. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
        } finally {
            lock.unlock();
        }
    }

    /** Cancels what is in flight. */
    void cancel() {
        lock.lock();
        try {
            inFlight.forEach(Exchange::cancel);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until nothing is in flight.
     *
     * @return whether that is so, within the time given
     */
    boolean awaitDrained(Duration within) throws InterruptedException {
        long left = within.toNanos();
        lock.lockInterruptibly();
        try {
            while (!inFlight.isEmpty() && left > 0) {
                left = drained.awaitNanos(left);
            }
            return inFlight.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** How many requests were scheduled so far. */
    long requests() {
        lock.lock();
        try {
            return number;
        } finally {
            lock.unlock();
        }
    }

    /** How many of them were handed to a user. */
    long sent() {
        lock.lock();
        try {
            return sent;
        } finally {
            lock.unlock();
        }
    }
}
