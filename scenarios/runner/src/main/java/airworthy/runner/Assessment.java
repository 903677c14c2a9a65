package airworthy.runner;

import airworthy.format.journal.JournalDamagedException;
import airworthy.format.journal.JournalWriter;
import airworthy.load.LoadEngine;
import airworthy.load.LoadLog;
import airworthy.load.RequestTail;
import airworthy.model.Event;
import airworthy.model.Scenario;
import airworthy.model.Scorecard;
import airworthy.model.Suite;
import airworthy.reports.judge.Judge;
import airworthy.reports.judge.ScenarioJudgement;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One run of a suite against one platform, from its first record to its scorecard. Scenarios may be run by several
 * threads at a time; that they do not disturb each other is for the caller's locks.
 */
public final class Assessment implements AutoCloseable {
    private final RunFolder folder;
    private final JournalWriter journal;
    private final Suite suite;
    private final Means means;
    private final LoadEngine load;
    private final List<AutoCloseable> ears;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * @param folder where the run is kept
     * @param journal its journal, with run-started and surveyed written
     * @param suite what may be run
     * @param means how
     * @param load who sends load; closed with this
     * @param ears what listens to the platform; closed with this, before the run's last record
     */
    public Assessment(
            RunFolder folder,
            JournalWriter journal,
            Suite suite,
            Means means,
            LoadEngine load,
            List<AutoCloseable> ears) {
        this.folder = folder;
        this.journal = journal;
        this.suite = suite;
        this.means = means;
        this.load = load;
        this.ears = List.copyOf(ears);
    }

    public RunFolder folder() {
        return folder;
    }

    public Suite suite() {
        return suite;
    }

    /** How long a scenario takes, for people who wait; seldom more. */
    public Duration expected(Scenario scenario) {
        return new Pace(means.profile().timeScale()).expected(scenario);
    }

    /** Ends the run early: what is changed is healed first. */
    public void cancel() {
        means.cancellation().cancel();
    }

    /**
     * Runs one scenario and says what can be said of it by now.
     *
     * @throws IOException if what was recorded cannot be read back
     */
    public ScenarioJudgement run(Scenario scenario) throws IOException, InterruptedException {
        Optional<String> reason = reasonNotTo();
        if (reason.isEmpty()) {
            new ScenarioRun(scenario, means).run();
        } else {
            means.journal().record(means.stamps().now("harness"), new Event.Invalid(scenario.id(), reason.get()));
            means.journal().record(means.stamps().now("harness"), new Event.ScenarioEnded(scenario.id()));
        }
        try {
            return Judge.judge(
                    scenario,
                    StoredRun.soFar(
                                    folder,
                                    journal.entries(),
                                    RequestTail.fromStart(folder.requests()).next())
                            .input());
        } catch (JournalDamagedException e) {
            throw new IOException("the run cannot be read back: " + e.getMessage(), e);
        }
    }

    /**
     * Ends the run: stops listening, seals the load records, closes the journal, judges it as it lies on the disk and
     * writes every output.
     *
     * @throws IOException if something cannot be written or read back
     */
    public Scorecard finish() throws IOException, InterruptedException {
        LoadLog log = load.finish();
        closeEars();
        journal.append(
                means.stamps().now("harness"),
                new Event.LoadRecorded(folder.path().relativize(log.file()).toString(), log.sha256(), log.records()));
        journal.append(
                means.stamps().now("harness"),
                new Event.RunEnded(UndoLedger.of(journal.entries()).restored()));
        close();
        try {
            return Outputs.write(StoredRun.read(folder));
        } catch (JournalDamagedException e) {
            throw new IOException("the run cannot be read back: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        if (closed.getAndSet(true)) {
            return;
        }
        load.close();
        closeEars();
        journal.close();
    }

    private Optional<String> reasonNotTo() {
        if (means.cancellation().isCancelled()) {
            return Optional.of("not run: the run was ended before it");
        }
        return UndoLedger.of(journal.entries())
                .leftBehind()
                .map(left -> "not run: " + left.step().scenario() + " left something behind ("
                        + left.step().undo().describe() + "): nothing else is broken now");
    }

    private void closeEars() throws IOException {
        for (AutoCloseable ear : ears) {
            try {
                ear.close();
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException("a listener did not close: " + e.getMessage(), e);
            }
        }
    }
}
