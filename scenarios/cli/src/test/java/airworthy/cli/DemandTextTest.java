package airworthy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.load.Demand;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemandTextTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void readsEachForm() {
        assertThat(DemandText.parse("0.5/s", MINUTE)).contains(new Demand.Steady(0.5));
        assertThat(DemandText.parse("0..50/s", MINUTE)).contains(new Demand.Ramp(0, 50, MINUTE));
        assertThat(DemandText.parse("1.5..0.5/s", MINUTE)).contains(new Demand.Ramp(1.5, 0.5, MINUTE));
        assertThat(DemandText.parse("10,20,40/s", MINUTE))
                .contains(new Demand.Steps(List.of(10.0, 20.0, 40.0), Duration.ofSeconds(20)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/s", "5", "fast", "0/s", "5..0/s", "..5/s", "5../s", "1,,2/s", "1,0/s", "1..2..3/s", "-1/s"
            })
    void refusesAllElse(String text) {
        assertThat(DemandText.parse(text, MINUTE)).isEmpty();
    }
}
