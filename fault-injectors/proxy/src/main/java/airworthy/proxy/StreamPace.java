package airworthy.proxy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decides for one stream when its next event is passed on, and whether. Knows no clock: it is told what time it is.
 *
 * <p>An event that came at its time is held for {@code (factor - 1)} gaps. One that came while an earlier one was held
 * counts from where an undisturbed stream would have had it, one gap after the earlier one, so that gaps are
 * {@code factor} times as long and not one gap shorter. A late first event takes those after it along.
 */
final class StreamPace {

    private static final Duration FOR_EVER = Duration.ofDays(365);

    /** Below this a stream's own gaps say little. */
    private static final int ENOUGH_GAPS = 3;

    private final TokenGaps own = new TokenGaps(ENOUGH_GAPS);
    private final TokenGaps others;
    private long lastArrival;
    private boolean arrived;
    private int together;
    private boolean cameLate;
    private int sent;
    private long lastSent;

    /** @param others the gaps of earlier streams, for as long as this one has too few */
    StreamPace(TokenGaps others) {
        this.others = others;
    }

    /** Notes that an event came from the model server. */
    synchronized void arrived(long nanos) {
        if (arrived && nanos == lastArrival) {
            together++;
        } else if (arrived) {
            // What came together shares a gap only if the stream goes on: its end is always several events at once.
            for (; together > 0; together--) {
                own.add(0);
            }
            own.add(nanos - lastArrival);
        }
        arrived = true;
        lastArrival = nanos;
    }

    /** Notes that an event was passed on. */
    void passed(long nanos) {
        sent++;
        lastSent = nanos;
    }

    /** Returns how many events were passed on. */
    int sent() {
        return sent;
    }

    /** Tells later streams how fast this one came. */
    void leave() {
        own.typical().ifPresent(others::add);
    }

    /**
     * Decides about what comes next: an event, or the end of the stream where {@code end} is set.
     *
     * @param now what is to be done, as the levers stand
     * @param nanos the time
     * @param arrival when it came
     */
    Turn next(List<Disturbance> now, long nanos, long arrival, boolean end) {
        boolean wrongWords = false;
        long due = arrival;
        Optional<Disturbance> why = Optional.empty();
        for (Disturbance disturbance : now) {
            switch (disturbance) {
                case Disturbance.Cut(int after, boolean byReset)
                when sent >= after -> {
                    return new Turn.End(byReset);
                }
                case Disturbance.InBandError(int after)
                when sent >= after -> {
                    return new Turn.Fail();
                }
                case Disturbance.Hang(int after)
                when sent >= after -> {
                    return new Turn.Hold(FOR_EVER, disturbance);
                }
                case Disturbance.LateFirstEvent(Duration by)
                when !end && (sent == 0 || cameLate) -> {
                    cameLate = true;
                    due += by.toNanos();
                    why = Optional.of(disturbance);
                }
                case Disturbance.SlowEvents slow
                when !end && sent > 0 -> {
                    due = due(slow, due);
                    why = Optional.of(disturbance);
                }
                case Disturbance.WrongWords _ -> wrongWords = true;
                default -> {} // Its place in the stream has not come, or it concerns whole requests.
            }
        }
        if (why.isEmpty() || due <= nanos) {
            return new Turn.Pass(wrongWords);
        }
        return new Turn.Hold(Duration.ofNanos(due - nanos), why.get());
    }

    private long due(Disturbance.SlowEvents slow, long undisturbedDue) {
        OptionalLong gap = slow.gap().isPresent()
                ? OptionalLong.of(slow.gap().get().toNanos())
                : own.typical().isPresent() ? own.typical() : others.typical();
        if (gap.isEmpty()) {
            return undisturbedDue;
        }
        long undisturbed = Math.max(undisturbedDue, lastSent + gap.getAsLong());
        return undisturbed + (long) ((slow.factor() - 1) * gap.getAsLong());
    }
}
