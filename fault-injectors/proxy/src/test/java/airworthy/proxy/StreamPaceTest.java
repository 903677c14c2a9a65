package airworthy.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When events of a slowed stream are passed on, on a clock that the test turns. */
class StreamPaceTest {

    private static final long MS = 1_000_000;

    private final TokenGaps others = new TokenGaps(1);
    private final StreamPace pace = new StreamPace(others);
    private final List<Disturbance> slow = List.of(new Disturbance.SlowEvents(5, Optional.empty()));

    @Test
    void gapsAreAsManyTimesAsLongAsTheFactorSays() {
        assertThat(passed(slow, 0, 10, 20, 30, 40, 50, 60)).endsWith(70L, 120L, 170L, 220L);
    }

    @Test
    void anEventThatIsLateAnywayIsHeldForTheRestOfItsGap() {
        pass(slow, 0, 10, 20, 30);
        long last = passed(slow, 40).getLast();
        pace.arrived(5_000 * MS);
        assertThat(last).isLessThan(5_000);
        assertThat(hold(5_000 * MS, 5_000 * MS)).isEqualTo(Duration.ofMillis(40));
    }

    @Test
    void eventsThatComeTogetherShareTheGapBeforeThem() {
        List<Long> times = passed(slow, 0, 0, 20, 20, 40, 40, 60, 60, 80, 80, 100, 100, 120, 120);
        long lastGap = times.getLast() - times.get(times.size() - 2);
        // 20 ms for two events is about 10 for each; the first pair had no gap before it.
        assertThat(lastGap).isBetween(40L, 50L);
    }

    @Test
    void theEventsThatEndAStreamTogetherSayNothingAboutItsPace() {
        pass(List.of(), 0, 10, 20, 30, 30, 30, 30);
        assertThat(hold(30 * MS, 30 * MS)).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void earlierStreamsTellTheGapOfTheFirstEvents() {
        pass(List.of(), 0, 10, 20, 30);
        pace.leave();
        StreamPace next = new StreamPace(others);
        next.arrived(0);
        next.passed(0);
        next.arrived(10 * MS);
        assertThat(next.next(slow, 10 * MS, 10 * MS, false))
                .isEqualTo(new Turn.Hold(Duration.ofMillis(40), slow.getFirst()));
    }

    @Test
    void whereNoGapIsKnownNothingIsHeld() {
        assertThat(passed(slow, 0, 10)).containsExactly(0L, 10L);
    }

    @Test
    void aGivenGapNeedsNoMeasuring() {
        List<Disturbance> given = List.of(new Disturbance.SlowEvents(3, Optional.of(Duration.ofMillis(100))));
        assertThat(passed(given, 0, 1, 2)).containsExactly(0L, 300L, 600L);
    }

    @Test
    void aLateFirstEventTakesTheOthersAlong() {
        List<Disturbance> late = List.of(new Disturbance.LateFirstEvent(Duration.ofMillis(500)));
        assertThat(passed(late, 0, 10, 20)).containsExactly(500L, 510L, 520L);
    }

    @Test
    void aStreamThatBeganInTimeStaysInTime() {
        pass(List.of(), 0, 10);
        assertThat(passed(List.of(new Disturbance.LateFirstEvent(Duration.ofMillis(500))), 20))
                .containsExactly(20L);
    }

    /** Passes events on that come at these milliseconds, and returns at which ones they went out. */
    private List<Long> passed(List<Disturbance> now, long... arrivals) {
        List<Long> out = new ArrayList<>();
        long clock = 0;
        for (long arrival : arrivals) {
            pace.arrived(arrival * MS);
            clock = Math.max(clock, arrival * MS);
            while (pace.next(now, clock, arrival * MS, false) instanceof Turn.Hold(Duration left, Disturbance _)) {
                clock += left.toNanos();
            }
            pace.passed(clock);
            out.add(clock / MS);
        }
        return out;
    }

    private void pass(List<Disturbance> now, long... arrivals) {
        assertThat(passed(now, arrivals)).hasSize(arrivals.length);
    }

    private Duration hold(long clock, long arrival) {
        return pace.next(slow, clock, arrival, false) instanceof Turn.Hold(Duration left, Disturbance _)
                ? left
                : Duration.ZERO;
    }
}
