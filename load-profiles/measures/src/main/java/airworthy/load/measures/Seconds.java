package airworthy.load.measures;

import airworthy.model.RequestRecord;
import airworthy.model.Slo;
import java.util.List;

/**
 * Cuts requests into seconds by their ends. They come in about the order of their ends; one that comes after its second was
 * closed counts in the one that is open. For one thread.
 */
public final class Seconds {
    private static final long SECOND_NS = 1_000_000_000L;

    /** Hears of each second in which a request ended, when it is over. */
    @FunctionalInterface
    public interface Sink {
        /**
         * A second is over.
         *
         * @param second since the origin, from 0
         * @param measures of what ended in it; reused after the call
         */
        void over(long second, Measures measures);
    }

    private final long originNs;
    private final List<Sink> sinks;
    private final Measures open;
    private long second;

    /** @param originNs the monotonic time at which the first second begins */
    public Seconds(long originNs, Slo slo, List<Sink> sinks) {
        this.originNs = originNs;
        this.sinks = List.copyOf(sinks);
        this.open = new Measures(slo);
    }

    /** Takes in one request that has ended. */
    public void add(RequestRecord request) {
        long its = Math.floorDiv(request.endNs() - originNs, SECOND_NS);
        if (its > second) {
            close();
            second = its;
        }
        open.add(request);
    }

    /** Closes the second that is open. */
    public void close() {
        if (open.scheduled() > 0) {
            sinks.forEach(sink -> sink.over(second, open));
            open.clear();
        }
    }
}
