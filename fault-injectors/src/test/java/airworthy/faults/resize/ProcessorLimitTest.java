package airworthy.faults.resize;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.probes.inference.TokenCost;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessorLimitTest {

    /** The second has a token every 125 ms, not 80; of the last 10m makes one every 100 ms, which is about as good. */
    @ParameterizedTest
    @CsvSource({"8000, 20000, 20, 20", "2000, 4000, 20, 16", "30000, 50000, 4, 150", "1000, 4000, 20, 10"})
    void aTokenGetsItsPartOfAProcessorLater(long processorMicros, long gapMicros, double factor, int millis) {
        assertThat(ProcessorLimit.of(cost(processorMicros, gapMicros), factor))
                .isEqualTo(new ProcessorLimit.Millis(millis));
    }

    @Test
    void anEngineThatHardlyUsesAProcessorIsNotSlowedByOne() {
        assertThat(ProcessorLimit.of(cost(200, 4_000), 20))
                .isInstanceOfSatisfying(
                        ProcessorLimit.None.class,
                        none -> assertThat(none.why())
                                .contains("a token takes 0.20 ms of a processor (told)", "10m is the least")
                                .contains("take 20 ms, expected about 125 ms"));
    }

    @Test
    void whatWouldComeInBurstsIsNotSlow() {
        assertThat(ProcessorLimit.of(cost(2_000, 4_000), 5))
                .isInstanceOfSatisfying(
                        ProcessorLimit.None.class,
                        none -> assertThat(none.why()).contains("5.0 times", "period of 100 ms", "bursts"));
    }

    private static TokenCost cost(long processorMicros, long gapMicros) {
        return new TokenCost(Duration.ofNanos(processorMicros * 1_000), Duration.ofNanos(gapMicros * 1_000), "told");
    }
}
