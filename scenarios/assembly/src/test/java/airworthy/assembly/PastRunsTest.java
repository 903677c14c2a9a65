package airworthy.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import airworthy.format.journal.JournalWriter;
import airworthy.model.Event;
import airworthy.model.ScenarioId;
import airworthy.model.Stamp;
import airworthy.model.Undo;
import airworthy.model.UndoState;
import airworthy.model.UndoStep;
import airworthy.runner.RunFolder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PastRunsTest {
    private static final ScenarioId SRV4 = new ScenarioId("SRV-4");
    private static final Stamp AT = new Stamp("harness", 1, Instant.EPOCH, 0);

    @TempDir
    private Path runs;

    /** A run that was killed when its one undo step had come through these states. */
    private RunFolder run(String id, UndoState... states) throws Exception {
        RunFolder folder = RunFolder.create(runs, Instant.EPOCH, id);
        try (JournalWriter journal = JournalWriter.create(folder.journal())) {
            journal.append(
                    AT,
                    new Event.UndoPlanned(
                            SRV4,
                            List.of(new UndoStep(
                                    "SRV-4/0",
                                    SRV4,
                                    new Undo.PutLeverBack(URI.create("http://127.0.0.1:1/a"), "20", "1")))));
            for (UndoState state : states) {
                journal.append(AT, new Event.UndoMoved(SRV4, "SRV-4/0", state, ""));
            }
        }
        return folder;
    }

    @Test
    void withoutEarlierRunsNothingIsInTheWay() {
        assertThatCode(() -> PastRuns.requireRestored(runs.resolve("none"))).doesNotThrowAnyException();
    }

    @Test
    void aRunThatWasHealedIsNotInTheWay() throws Exception {
        run("healed", UndoState.APPLYING, UndoState.APPLIED, UndoState.RESTORING, UndoState.RESTORED);
        assertThatCode(() -> PastRuns.requireRestored(runs)).doesNotThrowAnyException();
    }

    @Test
    void aRunKilledRightAfterItsIntentIsInTheWay() throws Exception {
        run("planned");
        assertThatThrownBy(() -> PastRuns.requireRestored(runs)).isInstanceOf(CannotAssessException.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"RESTORING", "CONFLICTED", "FAILED"})
    void aRunThatMayHaveLeftSomethingIsInTheWayAndSaysHowToMendThat(UndoState last) throws Exception {
        RunFolder folder = last == UndoState.RESTORING
                ? run("left", UndoState.APPLYING, last)
                : run("left", UndoState.APPLYING, UndoState.RESTORING, last);
        assertThatThrownBy(() -> PastRuns.requireRestored(runs))
                .isInstanceOf(CannotAssessException.class)
                .hasMessageContaining("1 changes of this earlier run are not known to be undone")
                .hasMessageContaining("put lever http://127.0.0.1:1/a back to 1")
                .hasMessageContaining("airworthy recover --run " + folder.path());
    }

    @Test
    void everySuchRunIsTold() throws Exception {
        run("one", UndoState.APPLYING);
        run("two", UndoState.APPLYING);
        RunFolder damaged = RunFolder.create(runs, Instant.EPOCH, "three");
        Files.writeString(damaged.journal(), "not json\nnot json either\n");

        assertThatThrownBy(() -> PastRuns.requireRestored(runs))
                .isInstanceOfSatisfying(
                        CannotAssessException.class,
                        refused -> assertThat(refused.problems())
                                .hasSize(3)
                                .anySatisfy(problem -> assertThat(problem)
                                        .contains(
                                                "journal.jsonl:1",
                                                "it cannot be told whether this run left something changed")));
    }
}
