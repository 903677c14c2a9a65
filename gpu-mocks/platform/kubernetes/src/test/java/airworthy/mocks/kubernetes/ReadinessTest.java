package airworthy.mocks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.mocks.kubernetes.runtime.Readiness;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadinessTest {

    @Test
    void oneGoodAnswerMakesReadyAndOnlySoManyBadOnesInARowMakeUnready() {
        Readiness readiness = new Readiness(3);

        assertThat(Stream.of(false, true, false, false, true, false, false, false, false, true)
                        .map(readiness::after))
                .containsExactly(false, true, true, true, true, true, true, false, false, true);
    }
}
