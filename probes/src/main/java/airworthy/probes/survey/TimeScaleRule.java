package airworthy.probes.survey;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Whether a platform looks often enough for a compressed run. Pure. */
public final class TimeScaleRule {
    /** What budgets of the suite assume of a platform at production time. */
    private static final Duration AT_PRODUCTION_TIME = Duration.ofSeconds(30);

    private TimeScaleRule() {}

    /**
     * Why a time scale cannot be run on a platform, or empty.
     *
     * @param timeScale phases and budgets are divided by it
     * @param intervalsNs the platform's own intervals as surveyed, in nanoseconds
     */
    public static Optional<String> timeScaleProblem(int timeScale, SortedMap<String, Long> intervalsNs) {
        Duration longest = AT_PRODUCTION_TIME.dividedBy(timeScale);
        for (String interval : List.of("scrape", "evaluation")) {
            Long ns = intervalsNs.get(interval);
            if (ns == null && timeScale > 1) {
                return Optional.of("timeScale " + timeScale + ": the platform's " + interval
                        + " interval could not be read; run at timeScale 1, or make Prometheus readable");
            }
            if (ns != null && ns > longest.toNanos()) {
                return Optional.of("timeScale " + timeScale + ": found "
                        + Duration.ofNanos(ns).toMillis()
                        + " ms as " + interval + " interval, expected at most " + longest.toMillis()
                        + " ms (30 s / " + timeScale + "); shorten it, or lower timeScale");
            }
        }
        return Optional.empty();
    }
}
