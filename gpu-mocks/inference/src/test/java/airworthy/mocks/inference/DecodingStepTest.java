package airworthy.mocks.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class DecodingStepTest {

    @Test
    void oneStepMakesATokenForAllThatWait() throws Exception {
        DecodingStep step = new DecodingStep(DecodingStep.rounds(Duration.ofMillis(500)));
        try (ExecutorService answers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> tokens = new ArrayList<>();
            for (int answer = 0; answer < 20; answer++) {
                tokens.add(answers.submit(() -> {
                    step.take();
                    return step;
                }));
            }
            for (Future<?> token : tokens) {
                token.get();
            }
        }
        assertThat(step.steps()).isBetween(1L, 5L);
    }

    @Test
    void tokensOfOneAnswerTakeAStepEach() throws Exception {
        DecodingStep step = new DecodingStep(1);
        for (int token = 0; token < 5; token++) {
            step.take();
        }
        assertThat(step.steps()).isEqualTo(5);
    }

    @Test
    void byDefaultThereIsNoWork() throws Exception {
        assertThat(DecodingStep.rounds(Duration.ZERO)).isZero();
    }
}
