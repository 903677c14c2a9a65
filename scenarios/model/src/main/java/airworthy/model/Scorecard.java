package airworthy.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run says of a platform. A pure function of the journal and the load records.
 *
 * @param runId opaque
 * @param seed of the run
 * @param harnessVersion the program that ran it
 * @param suite the suite's name
 * @param planned how many scenarios the finished suite holds; {@code scenarios} tells how many were present
 * @param purpose assessment, self-test on a simulated platform, or control run without a fault
 * @param hurt how long users were hurt before anybody was told
 * @param startedAt wall time of the first record
 * @param duration monotonic time from the first record to the last
 * @param timeScale phases and budgets were divided by it
 * @param platform the profile's name
 * @param kubernetesVersion what the API server said, if it said anything
 * @param fidelity of each layer that was declared or told
 * @param overall the geometric mean of the six
 * @param grade the band, unless the overall score is inconclusive
 * @param verdicts the six, in order
 * @param scenarios one for each scenario of the suite, in order
 * @param restored whether all that was changed was seen restored
 */
public record Scorecard(
        String runId,
        long seed,
        String harnessVersion,
        String suite,
        int planned,
        Purpose purpose,
        HurtBeforeTold hurt,
        Instant startedAt,
        Duration duration,
        int timeScale,
        String platform,
        Optional<String> kubernetesVersion,
        Map<PlatformLayer, Fidelity> fidelity,
        Score overall,
        Optional<Grade> grade,
        List<Verdict> verdicts,
        List<ScenarioReport> scenarios,
        boolean restored) {
    public Scorecard {
        fidelity = Map.copyOf(fidelity);
        verdicts = List.copyOf(verdicts);
        scenarios = List.copyOf(scenarios);
    }

    /** What a run is good for. */
    public enum Purpose {
        ASSESSMENT,
        /** Kubernetes or alerting was simulated: says nothing about any cluster. */
        SELF_TEST,
        /** Nothing was broken: says whether a platform is quiet by itself, and is no assessment of it. */
        CONTROL
    }

    /**
     * From the effect at the client to the first notification, over all scenarios that hurt users.
     *
     * @param worst the longest, in wall time; empty if users were hurt nowhere or nobody was told anywhere
     * @param median the median
     * @param requests scheduled requests that were hurt in those times
     * @param neverTold scenarios in which users were hurt and nobody was told
     */
    public record HurtBeforeTold(Optional<Duration> worst, Optional<Duration> median, long requests, int neverTold) {}
}
