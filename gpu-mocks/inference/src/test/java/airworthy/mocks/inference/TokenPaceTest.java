package airworthy.mocks.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TokenPaceTest {
    private static final long ADMITTED_NS = 1_000;

    private final Levers levers = new Levers();
    private final List<Long> deadlines = new ArrayList<>();
    private final TokenPace pace = new TokenPace(Timing.FAST, levers, ADMITTED_NS, deadlines::add);

    @Test
    void keepsAnAbsoluteScheduleHoweverLateATokenWas() throws InterruptedException {
        tokens(101);

        assertThat(deadlines.getFirst()).isEqualTo(ADMITTED_NS + ms(40));
        assertThat(deadlines.getLast()).isEqualTo(ADMITTED_NS + ms(40 + 100 * 4));
    }

    @Test
    void readsALeverAtTheNextToken() throws InterruptedException {
        tokens(3);
        levers.set(Lever.TOKEN_DELAY_FACTOR, 20, OptionalDouble.empty());
        tokens(2);

        assertThat(deadlines.getLast()).isEqualTo(ADMITTED_NS + ms(40 + 2 * 4 + 2 * 80));
    }

    private void tokens(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            pace.awaitNext();
        }
    }

    private static long ms(long ms) {
        return Duration.ofMillis(ms).toNanos();
    }
}
