package airworthy.probes.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Alert;
import airworthy.model.AlertState;
import airworthy.model.Event.AlertSeen;
import airworthy.model.Event.SourceUnreadable;
import airworthy.model.Stamp;
import airworthy.probes.Reading;
import airworthy.probes.Stamps;
import airworthy.probes.stub.Recorded;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SourcePollTest {
    private static final AlertSeen FIRING = new AlertSeen(
            AlertState.FIRING, new Alert(Map.of("alertname", "Slow"), Map.of()), List.of(), Optional.empty());
    private static final AlertSeen RESOLVED =
            new AlertSeen(AlertState.RESOLVED, FIRING.alert(), List.of(), Optional.empty());
    private static final long ANSWER_TAKES = 10;

    private final AtomicLong clock = new AtomicLong(1000);
    private final Recorded recorded = new Recorded();
    private Reading<List<AlertSeen>> answer = new Reading.Present<>(List.of());
    private final SourcePoll poll = new SourcePoll(
            new AlertSource("prometheus", () -> {
                clock.addAndGet(ANSWER_TAKES);
                return answer;
            }),
            new Stamps(clock::get, () -> Instant.EPOCH),
            recorded);

    @Test
    void stampsAChangeWithTheTimeSinceThePreviousPollWasAsked() throws Exception {
        pollAt(1250, List.of());
        pollAt(1500, List.of(FIRING));

        assertThat(recorded.events()).containsExactly(FIRING);
        assertThat(recorded.stamps()).containsExactly(new Stamp("prometheus", 1510, Instant.EPOCH, 260));
    }

    @Test
    void tellsAnOutageOnceForEachReasonAndWidensTheErrorOverIt() throws Exception {
        pollAt(1250, List.of(FIRING));
        failAt(1500, "refused");
        failAt(1750, "refused");
        failAt(2000, "slow");
        pollAt(2250, List.of(FIRING));
        pollAt(2500, List.of());
        failAt(2750, "slow");

        assertThat(recorded.events())
                .containsExactly(
                        FIRING,
                        new SourceUnreadable("prometheus", "refused"),
                        new SourceUnreadable("prometheus", "slow"),
                        RESOLVED,
                        new SourceUnreadable("prometheus", "slow"));
        assertThat(recorded.stamps()).extracting(Stamp::errorNs).containsExactly(260L, 260L, 760L, 260L, 260L);
    }

    @Test
    void resolvesAfterAnOutageWhatWasGoneThen() throws Exception {
        pollAt(1250, List.of(FIRING));
        failAt(1500, "refused");
        pollAt(1750, List.of());

        assertThat(recorded.events().getLast()).isEqualTo(RESOLVED);
        assertThat(recorded.stamps().getLast().errorNs()).isEqualTo(510);
    }

    private void pollAt(long monoNs, List<AlertSeen> listed) throws InterruptedException {
        clock.set(monoNs);
        answer = new Reading.Present<>(listed);
        poll.poll();
    }

    private void failAt(long monoNs, String why) throws InterruptedException {
        clock.set(monoNs);
        answer = new Reading.Unreadable<>(why);
        poll.poll();
    }
}
