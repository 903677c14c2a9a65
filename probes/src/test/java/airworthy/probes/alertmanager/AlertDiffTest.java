package airworthy.probes.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Alert;
import airworthy.model.AlertState;
import airworthy.model.Event.AlertSeen;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlertDiffTest {
    private static final AlertSeen PENDING = seen(AlertState.PENDING, "Slow", "pager", "10:00");
    private static final AlertSeen FIRING = seen(AlertState.FIRING, "Slow", "pager", "10:00");

    @Test
    void tellsWhatIsNew() {
        assertThat(AlertDiff.between(List.of(), List.of(PENDING))).containsExactly(PENDING);
    }

    @Test
    void saysNothingOfWhatStayed() {
        AlertSeen annotated = new AlertSeen(
                AlertState.FIRING,
                new Alert(FIRING.alert().labels(), Map.of("summary", "0.31 s")),
                FIRING.receivers(),
                FIRING.startsAt());

        assertThat(AlertDiff.between(List.of(FIRING), List.of(annotated))).isEmpty();
    }

    @Test
    void tellsAChangedState() {
        assertThat(AlertDiff.between(List.of(PENDING), List.of(FIRING))).containsExactly(FIRING);
    }

    @Test
    void tellsAnotherReceiverAndAnotherBeginning() {
        AlertSeen rerouted = seen(AlertState.FIRING, "Slow", "chat", "10:00");
        AlertSeen again = seen(AlertState.FIRING, "Slow", "pager", "10:05");

        assertThat(AlertDiff.between(List.of(FIRING), List.of(rerouted))).containsExactly(rerouted);
        assertThat(AlertDiff.between(List.of(FIRING), List.of(again))).containsExactly(again);
    }

    @Test
    void tellsWhatIsGoneAsResolved() {
        assertThat(AlertDiff.between(List.of(FIRING), List.of()))
                .containsExactly(seen(AlertState.RESOLVED, "Slow", "pager", "10:00"));
    }

    @Test
    void letsTheFartherOfTwoWithTheSameLabelsStand() {
        assertThat(AlertDiff.between(List.of(), List.of(FIRING, PENDING))).containsExactly(FIRING);
        assertThat(AlertDiff.between(List.of(), List.of(PENDING, FIRING))).containsExactly(FIRING);
    }

    @Test
    void ordersByLabelsWhateverTheListing() {
        AlertSeen other = seen(AlertState.FIRING, "Absent", "pager", "10:00");

        assertThat(AlertDiff.between(List.of(), List.of(FIRING, other))).containsExactly(other, FIRING);
        assertThat(AlertDiff.between(List.of(), List.of(other, FIRING))).containsExactly(other, FIRING);
    }

    private static AlertSeen seen(AlertState state, String name, String receiver, String startsAt) {
        return new AlertSeen(
                state, new Alert(Map.of("alertname", name), Map.of()), List.of(receiver), Optional.of(startsAt));
    }
}
