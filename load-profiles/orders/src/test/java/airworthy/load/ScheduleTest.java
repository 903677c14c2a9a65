package airworthy.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
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
    void countsWhatIsWantedWithinATime() {
        Schedule three = new Schedule.Listed(List.of(0L, 5L, 10L));

        assertThat(three.within(Duration.ofNanos(10))).isEqualTo(2);
        assertThat(three.within(Duration.ofNanos(11))).isEqualTo(3);
        assertThat(new Schedule.Constant(60, 3).within(Duration.ofSeconds(5))).isEqualTo(300);
    }

    @Test
    void sendersShareABound() {
        StreamOrder seven = Samples.order("s", new Demand.Concurrency(7), OptionalInt.of(7));

        assertThat(Stream.of(0, 1, 2)
                        .map(index -> seven.shared(new Share(index, 3)).most()))
                .containsExactly(OptionalInt.of(3), OptionalInt.of(2), OptionalInt.of(2));
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

    static Stream<Demand.Rate> rates() {
        return Stream.of(
                new Demand.Ramp(0, 100, Duration.ofSeconds(20)),
                new Demand.Ramp(100, 20, Duration.ofSeconds(20)),
                new Demand.Ramp(50, 50, Duration.ofSeconds(20)),
                new Demand.Steps(List.of(10.0, 100.0, 20.0), Duration.ofSeconds(5)));
    }

    /** Counted in tenths of a second, the arrivals are the rate's area within one of them, at each time and beyond its end. */
    @ParameterizedTest
    @MethodSource("rates")
    void followsARateThatChanges(Demand.Rate rate) {
        long[] offsets = first(new Schedule.Warped(new Schedule.Constant(1, 3), rate), 1500);

        for (double at = 0.1; at < 22; at += 0.1) {
            double now = at;
            long counted = LongStream.of(offsets).filter(ns -> ns < now * 1e9).count();
            assertThat((double) counted).as("until %.1f s", at).isCloseTo(area(rate, at), within(1.01));
        }
    }

    /** By summing up the rate in steps of a millisecond: another way than the one under test. */
    private static double area(Demand.Rate rate, double until) {
        double area = 0;
        for (double at = 0.0005; at < until; at += 0.001) {
            area += 0.001 * perSecond(rate, at);
        }
        return area;
    }

    private static double perSecond(Demand.Rate rate, double at) {
        return switch (rate) {
            case Demand.Steady(double perSecond) -> perSecond;
            case Demand.Ramp(double from, double to, Duration over) ->
                from + (to - from) * Math.min(1, at / over.toSeconds());
            case Demand.Steps(List<Double> steps, Duration each) ->
                steps.get(Math.min(steps.size() - 1, (int) (at / each.toSeconds())));
        };
    }

    @Test
    void threeSendersSendTogetherWhatOneWould() {
        assertThat(IntStream.range(0, 30)
                        .filter(number -> IntStream.range(0, 3)
                                        .filter(index -> new Share(index, 3).has(number))
                                        .count()
                                == 1))
                .hasSize(30);
        assertThat(IntStream.range(0, 3).map(index -> new Share(index, 3).of(8)))
                .containsExactly(3, 3, 2);
        assertThatThrownBy(() -> new Share(3, 3)).hasMessageContaining("expected 0 to 2");
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
