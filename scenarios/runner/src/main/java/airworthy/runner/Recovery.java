package airworthy.runner;

import airworthy.format.journal.JournalDamagedException;
import airworthy.format.journal.JournalWriter;
import airworthy.model.Event;
import airworthy.model.UndoState;
import airworthy.model.UndoStep;
import airworthy.probes.Stamps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Finishes the healing of a run that did not: needs its journal and the platform, nothing else. Doing it twice is the
 * same as once.
 */
public final class Recovery {
    private final RunFolder folder;
    private final Stamps stamps;

    public Recovery(RunFolder folder, Stamps stamps) {
        this.folder = folder;
        this.stamps = stamps;
    }

    /**
     * What came of it.
     *
     * @param healed each step that was open, and how it ended
     */
    public record Recovered(List<Healer.Healed> healed) {
        public Recovered {
            healed = List.copyOf(healed);
        }

        /** Whether nothing of ours is left. */
        public boolean restored() {
            return healed.stream().allMatch(each -> each.restoration().state() == UndoState.RESTORED);
        }
    }

    /**
     * Puts back what is open, last change first, and journals it.
     *
     * @param healer makes a healer that writes to the given journal
     * @throws IOException if the journal cannot be read or written
     * @throws JournalDamagedException if it is damaged in more than its last line
     */
    public Recovered recover(Function<JournalWriter, Healer> healer) throws IOException, JournalDamagedException {
        try (JournalWriter journal = JournalWriter.resume(folder.journal())) {
            List<UndoStep> open = UndoLedger.of(journal.entries()).open();
            List<Healer.Healed> healed = open.isEmpty()
                    ? List.of()
                    : new ArrayList<>(healer.apply(journal).heal(open));
            Recovered recovered = new Recovered(healed);
            boolean ended = journal.entries().stream().anyMatch(entry -> entry.event() instanceof Event.RunEnded);
            if (!ended || !open.isEmpty()) {
                journal.append(
                        stamps.now("recover"),
                        new Event.RunEnded(UndoLedger.of(journal.entries()).restored()));
            }
            return recovered;
        }
    }
}
