package airworthy.runner;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Check;
import airworthy.model.LoadPlan;
import airworthy.model.Phases;
import airworthy.model.Scenario;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {
    private static final LoadPlan FIVE = new LoadPlan("chat", 5);

    private static Phases baseline(Duration baseline) {
        return new Phases(baseline, Duration.ofMinutes(6), Duration.ofMinutes(5));
    }

    @Test
    void timesAreDividedByTheScale() {
        assertThat(new Pace(30).scaled(Duration.ofMinutes(2))).isEqualTo(Duration.ofSeconds(4));
        assertThat(new Pace(1).scaled(Duration.ofMinutes(2))).isEqualTo(Duration.ofMinutes(2));
    }

    /** At 30, two minutes are 4 s, which hold 110 samples from 27.5/s on; 20 minutes are 40 s, where 2.75/s would do. */
    @ParameterizedTest
    @CsvSource({"1, 2, 5.0", "30, 2, 27.5", "60, 2, 55.0", "30, 20, 5.0"})
    void aCompressedRunRaisesTheRateAsFarAsItsShortestWindowNeedsAndNeverLowersIt(
            int timeScale, int baselineMinutes, double expected) {
        assertThat(new Pace(timeScale).perSecond(FIVE, baseline(Duration.ofMinutes(baselineMinutes))))
                .isEqualTo(expected);
    }

    @Test
    void aReturnIsWatchedForItsBoundAndOneWindowOfSamplesMore() {
        Scenario scenario = Rehearsal.experiment(
                List.of(), List.of(new Check.UndoVerified(), new Check.BackAtBaseline(Duration.ofMinutes(3))));

        assertThat(new Pace(30).leastObservation(scenario, 27.5)).isEqualTo(Duration.ofSeconds(6 + 4));
    }

    /** Warm-up 1.5, baseline 2 and half of it after the return, hold 4, heal 2 minutes. */
    @Test
    void aScenarioIsExpectedToTakeItsPhases() {
        assertThat(new Pace(30).expected(Rehearsal.experiment())).isEqualTo(Duration.ofSeconds(21));
    }

    @Test
    void withoutABoundOnTheReturnNothingIsWaitedFor() {
        assertThat(new Pace(30).leastObservation(Rehearsal.experiment(), 27.5)).isZero();
    }
}
