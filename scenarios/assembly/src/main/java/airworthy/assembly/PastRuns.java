package airworthy.assembly;

import airworthy.format.journal.JournalDamagedException;
import airworthy.format.journal.JournalReader;
import airworthy.model.UndoStep;
import airworthy.runner.RunFolder;
import airworthy.runner.UndoLedger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Earlier runs: nothing is broken while one of them may have left something changed. */
final class PastRuns {
    private PastRuns() {}

    /**
     * Refuses if the journal of an earlier run holds open undo steps.
     *
     * @throws CannotAssessException naming each such run and what it may have left
     */
    static void requireRestored(Path runs) throws CannotAssessException, IOException {
        List<String> problems = new ArrayList<>();
        for (RunFolder folder : RunFolder.below(runs)) {
            try {
                List<UndoStep> open = UndoLedger.of(
                                JournalReader.read(folder.journal()).entries())
                        .open();
                if (!open.isEmpty()) {
                    problems.add(folder.path() + ": " + open.size()
                            + " changes of this earlier run are not known to be undone (the last: "
                            + open.getFirst().undo().describe() + "); run `airworthy recover --run " + folder.path()
                            + "` first");
                }
            } catch (JournalDamagedException e) {
                problems.add(e.getMessage() + "; it cannot be told whether this run left something changed: look, then"
                        + " move " + folder.path() + " away");
            }
        }
        if (!problems.isEmpty()) {
            throw new CannotAssessException(problems);
        }
    }
}
