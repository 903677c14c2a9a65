package airworthy.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScheduleTest {

    private static final int MANY = 20_000;

    static Stream<Schedule> schedules() {
        return Stream.of(
                new Schedule.Constant(60, 3),
                new Schedule.Poisson(60, 3),
                new Schedule.Gamma(60, 0.5, 3),
                new Schedule.Gamma(60, 4, 3));
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void isTheSameEachTimeItIsAsked(Schedule schedule) {
        assertThat(first(schedule, 100)).containsExactly(first(schedule, 100));
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void ascendsAndKeepsItsRate(Schedule schedule) {
        long[] offsets = first(schedule, MANY);

        assertThat(offsets).isSorted();
        assertThat(offsets[0]).isNotNegative();
        // four standard errors of the most variable of them
        assertThat(MANY * 1e9 / offsets[MANY - 1]).isCloseTo(60, within(2.4));
    }

    @Test
    void keepsConstantGapsWithoutDrift() {
        long[] offsets = first(new Schedule.Constant(3, 1), 3001);

        assertThat(offsets[3000] - offsets[0]).isEqualTo(1_000_000_000_000L);
    }

    @Test
    void movesConstantStreamsOfDifferentSeedsApart() {
        assertThat(first(new Schedule.Constant(3, 1), 1)).isNotEqualTo(first(new Schedule.Constant(3, 2), 1));
    }

    /** The coefficient of variation is 1 for independent arrivals, and 1 / sqrt(burstiness) for gamma-distributed gaps. */
    @ParameterizedTest
    @CsvSource({"0.25, 2", "1, 1", "4, 0.5", "25, 0.2"})
    void spreadsGammaGapsAsItsShapeSays(double burstiness, double variation) {
        assertThat(variation(new Schedule.Gamma(1000, burstiness, 5))).isCloseTo(variation, withinPercentage(5));
    }

    @Test
    void spreadsPoissonGapsAsMuchAsTheirMean() {
        assertThat(variation(new Schedule.Poisson(1000, 5))).isCloseTo(1, within(0.05));
    }

    private static double variation(Schedule schedule) {
        long[] gaps = gaps(first(schedule, MANY));
        double mean = LongStream.of(gaps).average().orElseThrow();
        double variance = LongStream.of(gaps)
                .mapToDouble(gap -> (gap - mean) * (gap - mean))
                .average()
                .orElseThrow();
        return Math.sqrt(variance) / mean;
    }

    @Test
    void refusesARateOfNothing() {
        assertThatThrownBy(() -> new Schedule.Constant(0, 1)).hasMessageContaining("above 0/s");
        assertThatThrownBy(() -> new Schedule.Poisson(Double.NaN, 1)).hasMessageContaining("above 0/s");
        assertThatThrownBy(() -> new Schedule.Gamma(1, 0, 1)).hasMessageContaining("burstiness must be above 0");
    }

    private static long[] first(Schedule schedule, int count) {
        PrimitiveIterator.OfLong offsets = schedule.offsetsNs();
        return IntStream.range(0, count).mapToLong(_ -> offsets.nextLong()).toArray();
    }

    private static long[] gaps(long[] offsets) {
        long[] gaps = Arrays.copyOf(offsets, offsets.length - 1);
        Arrays.setAll(gaps, i -> offsets[i + 1] - offsets[i]);
        return gaps;
    }
}
