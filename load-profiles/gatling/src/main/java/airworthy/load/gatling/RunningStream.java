package airworthy.load.gatling;

import airworthy.load.Demand;
import airworthy.load.LoadProfile;
import airworthy.load.LoadProfiles;
import airworthy.load.Prompts;
import airworthy.load.StreamOrder;
import airworthy.load.Trace;
import airworthy.model.RequestOutcome;
import airworthy.model.RequestRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One stream of load while it is sent. Safe for any number of threads. */
final class RunningStream {

    /** A user parks within some microseconds of its answer. */
    private static final long LOOK_AGAIN_NS = 100_000;

    private final StreamOrder order;
    private final ChatRequests requests;
    private final Prompts prompts;
    private final UserPool users;
    private final StreamListener listener;
    private final Timing timing;
    private final Runnable dueAgain;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition drained = lock.newCondition();
    private final Set<Exchange> inFlight = new HashSet<>();
    private OptionalLong lastNs = OptionalLong.empty();
    private boolean cancelled;
    private long notBeforeNs = Long.MIN_VALUE;
    private long scheduled;
    private long sent;

    private RunningStream(
            StreamOrder order,
            Prompts prompts,
            Timing timing,
            UserPool users,
            StreamListener listener,
            Runnable dueAgain) {
        this.order = order;
        this.requests = new ChatRequests(order);
        this.prompts = prompts;
        this.users = users;
        this.listener = listener;
        this.timing = timing;
        this.dueAgain = dueAgain;
    }

    /**
     * Makes it ready to be fired.
     *
     * @param firstNs the monotonic time at which its schedule begins
     * @param dueAgain called, with no lock held, when the end of a request made another one due
     * @throws IOException when its profile or its trace cannot be read
     */
    static RunningStream of(StreamOrder order, long firstNs, UserPool users, StreamListener listener, Runnable dueAgain)
            throws IOException {
        LoadProfile profile = LoadProfiles.named(order.profile());
        Optional<Trace> trace = Optional.empty();
        Timing timing = switch (order.demand()) {
            case Demand.Rate rate -> new Timing.Planned(firstNs, profile.schedule(rate, order.seed()), order.share());
            case Demand.Concurrency(int askers) ->
                new Timing.Closed(firstNs, order.share().of(askers), order.share());
            case Demand.Replay(String file, double speed) -> {
                trace = Optional.of(Trace.read(Path.of(file)));
                yield new Timing.Planned(firstNs, trace.get().schedule(speed), order.share());
            }
        };
        return new RunningStream(order, new Prompts(profile, trace, order.seed()), timing, users, listener, dueAgain);
    }

    /** When the next request is wanted; empty if none is before one ends. */
    OptionalLong nextNs() {
        lock.lock();
        try {
            return timing.next()
                    .map(due -> OptionalLong.of(Math.max(due.atNs(), notBeforeNs)))
                    .orElse(OptionalLong.empty());
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
            Optional<Timing.Due> due = timing.next();
            if (due.isPresent() && mayFollow()) {
                fire(due.get());
            }
            if (!mayFollow()) {
                drained.signalAll();
            }
            return mayFollow();
        } finally {
            lock.unlock();
        }
    }

    private boolean mayFollow() {
        boolean bounded = order.most().isPresent() && scheduled >= order.most().getAsInt();
        return !cancelled && !bounded && !timing.over() && (lastNs.isEmpty() || dueBy(lastNs.getAsLong()));
    }

    private boolean allEnded() {
        return inFlight.isEmpty() && !mayFollow();
    }

    private boolean dueBy(long ns) {
        return timing.next().filter(due -> due.atNs() - ns <= 0).isPresent();
    }

    private void fire(Timing.Due due) {
        Optional<User> user = users.take();
        if (user.isEmpty() && timing.patient()) {
            notBeforeNs = System.nanoTime() + LOOK_AGAIN_NS;
            return;
        }
        listener.scheduled();
        scheduled++;
        timing.fired();
        if (user.isPresent()) {
            Exchange exchange = new Exchange(
                    order,
                    () -> requests.request(prompts.prompt(due.number()), prompts.answerTokens(due.number())),
                    prompts.known(due.number()),
                    due,
                    user.get(),
                    this::ended);
            inFlight.add(exchange);
            exchange.begin();
            sent++;
        } else {
            RequestRecord skipped = skipped(due);
            listener.ended(skipped);
            timing.ended(skipped.endNs());
        }
    }

    private RequestRecord skipped(Timing.Due due) {
        return new RequestRecord(
                order.stream(),
                due.number(),
                RequestOutcome.SKIPPED_BY_CAP,
                OptionalInt.empty(),
                Optional.empty(),
                due.atNs(),
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
            timing.ended(request.endNs());
            drained.signalAll();
        } finally {
            lock.unlock();
        }
        dueAgain.run();
    }

    /** Schedules no more after now. What is due by now is sent yet, even if this client is late with it. */
    void stop() {
        lock.lock();
        try {
            lastNs = OptionalLong.of(System.nanoTime());
        } finally {
            lock.unlock();
        }
    }

    /** Cancels what is in flight, and sends no more. */
    void cancel() {
        lock.lock();
        try {
            cancelled = true;
            inFlight.forEach(Exchange::cancel);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until nothing is in flight and nothing more will be, of one that is stopped.
     *
     * @return whether that is so, within the time given
     */
    boolean awaitDrained(Duration within) throws InterruptedException {
        long left = within.toNanos();
        lock.lockInterruptibly();
        try {
            while (!allEnded() && left > 0) {
                left = drained.awaitNanos(left);
            }
            return allEnded();
        } finally {
            lock.unlock();
        }
    }

    /** How many requests were scheduled so far. */
    long requests() {
        lock.lock();
        try {
            return scheduled;
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
