package airworthy.load.gatling;

import airworthy.load.LoadProgress;
import airworthy.model.RequestOutcome;
import java.util.EnumMap;
import java.util.Map;

/** Counts requests and outcomes. Safe for any number of threads. */
final class Tally {

    private final Map<RequestOutcome, Long> outcomes = new EnumMap<>(RequestOutcome.class);
    private long scheduled;
    private long ended;

    synchronized void scheduled() {
        scheduled++;
    }

    synchronized void ended(RequestOutcome outcome) {
        ended++;
        outcomes.merge(outcome, 1L, Long::sum);
    }

    synchronized LoadProgress progress() {
        return new LoadProgress(scheduled, scheduled - ended, outcomes);
    }
}
