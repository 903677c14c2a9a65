package airworthy.probes.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeScaleRuleTest {
    @ParameterizedTest
    @CsvSource({
        "1, 30000, 30000, true",
        "30, 1000, 1000, true",
        "30, 1001, 1000, false",
        "30, 1000, 1001, false",
        "1, 30001, 1, false"
    })
    void boundsScrapeAndEvaluationByThirtySecondsDivided(
            int timeScale, long scrapeMs, long evaluationMs, boolean fits) {
        assertThat(TimeScaleRule.timeScaleProblem(timeScale, intervals(scrapeMs, evaluationMs))
                        .isEmpty())
                .isEqualTo(fits);
    }

    @Test
    void saysWhatWasFoundAndWhatIsExpected() {
        assertThat(TimeScaleRule.timeScaleProblem(60, intervals(500, 15_000)))
                .contains("timeScale 60: found 15000 ms as evaluation interval, expected at most 500 ms (30 s / 60); "
                        + "shorten it, or lower timeScale");
    }

    @Test
    void compressesNothingThatItCannotSee() {
        assertThat(TimeScaleRule.timeScaleProblem(2, new TreeMap<>())).isPresent();
        assertThat(TimeScaleRule.timeScaleProblem(1, new TreeMap<>())).isEmpty();
    }

    private static SortedMap<String, Long> intervals(long scrapeMs, long evaluationMs) {
        return new TreeMap<>(Map.of(
                "scrape", Duration.ofMillis(scrapeMs).toNanos(),
                "evaluation", Duration.ofMillis(evaluationMs).toNanos()));
    }
}
