package airworthy.load.measures;

import airworthy.load.EngineHealth;
import airworthy.load.SenderClock;
import java.time.Duration;
import java.util.List;

/**
 * One finished load.
 *
 * @param settings what was asked
 * @param took from the first intended request to the end of the last one
 * @param measures what its requests lived through
 * @param health what the client saw of itself
 * @param clocks of each sender, held against that of who put them together
 * @param trust whether the client's figures stand
 * @param timeLine what each second was like
 */
public record LoadSummary(
        LoadSettings settings,
        Duration took,
        Measures measures,
        EngineHealth health,
        List<SenderClock> clocks,
        Trust trust,
        List<TimeLine.Point> timeLine) {
    public LoadSummary {
        clocks = List.copyOf(clocks);
        timeLine = List.copyOf(timeLine);
    }

    /** The share of the scheduled requests that kept the promise: a request that was dropped did not. */
    public double goodputOfScheduled() {
        return share(measures.scheduled());
    }

    /** The share of the whole answers that kept the promise, which hides what was dropped. */
    public double goodputOfAnswered() {
        return share(measures.of(Measure.ANSWER).count());
    }

    private double share(long of) {
        return of == 0 ? 0 : (double) measures.good() / of;
    }
}
