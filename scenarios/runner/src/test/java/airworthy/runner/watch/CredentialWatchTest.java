package airworthy.runner.watch;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.faults.Applied;
import airworthy.model.Change;
import airworthy.model.Credential;
import airworthy.model.Event;
import airworthy.model.Layer;
import airworthy.model.ScenarioId;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CredentialWatchTest {
    private final Map<String, Long> sent = new HashMap<>();
    private final CredentialWatch watch = new CredentialWatch(new ScenarioId("POL-3"), stream -> {
        Long count = sent.get(stream);
        if (count == null) {
            throw new IOException("no such stream runs");
        }
        return count;
    });

    @Test
    void attemptsOfEachKindMustBeSeenToGoOn() throws Exception {
        begin("a");
        begin("b");
        sent.putAll(Map.of("a", 1L, "b", 0L));
        assertThat(watch.look().holds())
                .as("the first of a slow stream may not be due")
                .isTrue();

        sent.putAll(Map.of("a", 3L, "b", 2L));
        Event.LandedSeen look = watch.look();
        assertThat(look.holds()).isTrue();
        assertThat(look.layer()).isEqualTo(Layer.CLIENT);
        assertThat(look.how()).isEqualTo("5 attempts were made by now, of each of 2 kinds");

        sent.put("a", 4L);
        assertThat(watch.look()).satisfies(lapsed -> {
            assertThat(lapsed.holds()).isFalse();
            assertThat(lapsed.how()).contains("2 attempts were made by b, and none since the last look");
        });
    }

    @Test
    void whatWasNotBegunOrCannotBeCountedDoesNotHold() throws Exception {
        assertThat(watch.look().holds()).isFalse();

        begin("a");
        assertThat(watch.look()).satisfies(look -> {
            assertThat(look.holds()).isFalse();
            assertThat(look.how()).contains("no such stream runs");
        });
    }

    private void begin(String stream) {
        watch.made(
                new Change.SendLoad(stream, "chat", "chat", 1, new Credential.None(), OptionalInt.of(5)),
                new Applied.Done(OptionalInt.empty(), ""));
    }
}
