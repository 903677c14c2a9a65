package airworthy.load;

import airworthy.model.RequestOutcome;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How far the load is, counted since the engine started; warm-up streams left out.
 *
 * @param scheduled requests whose intended time has come
 * @param inFlight requests that have not ended
 * @param outcomes ended requests by outcome; outcomes that never happened are left out
 */
public record LoadProgress(long scheduled, long inFlight, Map<RequestOutcome, Long> outcomes) {
    public LoadProgress {
        Map<RequestOutcome, Long> ordered = new EnumMap<>(RequestOutcome.class);
        ordered.putAll(outcomes);
        outcomes = Collections.unmodifiableMap(ordered);
    }

    /** Both together. */
    public LoadProgress and(LoadProgress other) {
        Map<RequestOutcome, Long> both = new EnumMap<>(RequestOutcome.class);
        both.putAll(outcomes);
        other.outcomes.forEach((outcome, count) -> both.merge(outcome, count, Long::sum));
        return new LoadProgress(scheduled + other.scheduled, inFlight + other.inFlight, both);
    }
}
