package airworthy.runner;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Event;
import airworthy.model.Phase;
import airworthy.model.UndoState;
import java.net.URI;
import java.util.SortedMap;

/**
 * What a run left.
 *
 * @param rehearsal the run
 * @param before what was there before it
 */
record Aftermath(Rehearsal rehearsal, SortedMap<URI, String> before) {
    static Aftermath of(Rehearsal rehearsal) {
        return new Aftermath(rehearsal, rehearsal.platform.dump());
    }

    /** Both changes were taken back, the last one first, and the run came to its end. */
    void isPutBack() {
        isAsBefore();
        assertThat(rehearsal.recorded(Event.UndoMoved.class).stream()
                        .filter(moved -> moved.state() == UndoState.RESTORED)
                        .map(Event.UndoMoved::step))
                .containsExactly("SRV-4/1", "SRV-4/0");
        isEnded();
    }

    /** No change was tried. */
    void isUntouched() {
        assertThat(rehearsal.platform.writes()).isEmpty();
        assertThat(rehearsal.moves()).isEmpty();
        isEnded();
    }

    void isAsBefore() {
        assertThat(rehearsal.platform.dump()).isEqualTo(before);
    }

    void isEnded() {
        assertThat(rehearsal.journal.getLast()).isEqualTo(new Event.ScenarioEnded(Rehearsal.SRV4));
        assertThat(rehearsal.phases()).endsWith(Phase.DONE);
    }
}
