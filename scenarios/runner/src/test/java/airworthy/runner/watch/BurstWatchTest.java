package airworthy.runner.watch;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.faults.Applied;
import airworthy.model.Change;
import airworthy.model.Event;
import airworthy.model.ScenarioId;
import java.io.IOException;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class BurstWatchTest {
    private static final Change MORE = new Change.SendLoad("GW-2/chat/burst", "chat", "chat", 10);

    private long nowNs;
    private long sent;
    private final BurstWatch watch =
            new BurstWatch(new ScenarioId("GW-2"), stream -> stream.equals("GW-2/chat/burst") ? sent : 0, () -> nowNs);

    @Test
    void aBurstThatIsSentHolds() throws Exception {
        begun();
        assertThat(lookAfter(2, 19).holds()).isTrue();
        assertThat(lookAfter(2, 11).how()).contains("11 requests", "5.5/s", "10.0/s");
    }

    @Test
    void aBurstOfWhichLittleIsSentAnyMoreHasLapsed() throws Exception {
        begun();
        assertThat(lookAfter(2, 20).holds()).isTrue();
        assertThat(lookAfter(2, 9).holds()).isFalse();
    }

    @Test
    void aBurstThatWasNeverBegunDoesNotHold() throws Exception {
        assertThat(watch.look().holds()).isFalse();
    }

    @Test
    void whatCannotBeCountedDoesNotHold() throws Exception {
        BurstWatch blind = new BurstWatch(
                new ScenarioId("GW-2"),
                stream -> {
                    throw new IOException("the load JVM is gone");
                },
                () -> nowNs);
        blind.made(MORE, new Applied.Done(OptionalInt.empty(), "sent"));
        assertThat(blind.look()).satisfies(look -> {
            assertThat(look.holds()).isFalse();
            assertThat(look.how()).contains("the load JVM is gone");
        });
    }

    private void begun() {
        watch.made(MORE, new Applied.Done(OptionalInt.empty(), "sent"));
    }

    private Event.LandedSeen lookAfter(int seconds, int requests) throws InterruptedException {
        nowNs += seconds * 1_000_000_000L;
        sent += requests;
        return watch.look();
    }
}
