package airworthy.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a run says of one scenario.
 *
 * @param scenario which
 * @param invalid why it counts as unknown, if it does
 * @param landed whether the fault was seen to hold; empty if that is not asked or not known
 * @param quiet whether the control windows were silent; empty if that is not asked or not known
 * @param target what was hit, for people
 * @param injector by what mechanism
 * @param timeline each hop from onset to resolution that was seen
 * @param routedTo the receivers that got the alert
 * @param load what the client saw, if there was load
 * @param answers the worst finding of each question asked
 */
public record ScenarioReport(
        Scenario scenario,
        Optional<String> invalid,
        Optional<Boolean> landed,
        Optional<Boolean> quiet,
        Optional<String> target,
        Optional<String> injector,
        Map<Hop, HopTime> timeline,
        List<String> routedTo,
        Optional<LoadSummary> load,
        Map<Question, Outcome> answers) {
    public ScenarioReport {
        timeline = Map.copyOf(timeline);
        routedTo = List.copyOf(routedTo);
        answers = Map.copyOf(answers);
    }

    /** A hop of the detection clock, in order. */
    public enum Hop {
        ONSET,
        EFFECT,
        METRIC,
        PENDING,
        FIRING,
        NOTIFIED,
        RESOLVED
    }

    /**
     * When a hop was seen.
     *
     * @param sinceOnset measured from the fault's onset, with its error
     * @param source by whose word
     */
    public record HopTime(Interval sinceOnset, String source) {}

    /**
     * What the client saw of the target, over the whole scenario.
     *
     * @param requests scheduled
     * @param outcomes how many ended how
     * @param firstToken from the intended start to the first content
     * @param gap between content events
     * @param distrust why the generator's figures are not to be trusted; empty if they are
     */
    public record LoadSummary(
            long requests,
            SortedMap<RequestOutcome, Long> outcomes,
            Percentiles firstToken,
            Percentiles gap,
            Optional<String> distrust) {}

    /**
     * Percentiles of a sample; one that the sample is too small for is missing.
     *
     * @param samples how many
     * @param p50 the median
     * @param p90 needs 100 samples
     * @param p99 needs 1,000 samples
     */
    public record Percentiles(long samples, Optional<Duration> p50, Optional<Duration> p90, Optional<Duration> p99) {}
}
