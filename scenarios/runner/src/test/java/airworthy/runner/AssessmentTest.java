package airworthy.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import airworthy.format.journal.JournalReader;
import airworthy.model.Event;
import airworthy.model.History;
import airworthy.model.Outcome;
import airworthy.model.Phase;
import airworthy.model.Scorecard;
import airworthy.model.UndoState;
import airworthy.reports.judge.ScenarioJudgement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssessmentTest {
    @TempDir
    private Path dir;

    private static List<Event> events(RunFolder folder) throws Exception {
        return JournalReader.read(folder.journal()).entries().stream()
                .map(History.Entry::event)
                .toList();
    }

    private static Map<Path, String> outputs(RunFolder folder) throws IOException {
        Map<Path, String> outputs = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder.path())) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.equals(folder.journal())
                            && !file.startsWith(folder.requests().getParent()))
                    .toList()) {
                outputs.put(folder.path().relativize(file), Files.readString(file));
            }
        }
        return outputs;
    }

    @Test
    void aRunEndsWithItsLoadVouchedForAndItsOutputsWritten() throws Exception {
        KeptRun run = new KeptRun(dir);
        run.assessment.run(run.first);
        run.assessment.run(run.second);

        Scorecard card = run.assessment.finish();

        assertThat(card.restored()).isTrue();
        assertThat(card.scenarios()).extracting(report -> report.invalid()).allMatch(flaw -> flaw.isEmpty());
        List<Event> journal = events(run.folder);
        assertThat(journal.getLast()).isEqualTo(new Event.RunEnded(true));
        assertThat(journal.get(journal.size() - 2))
                .isInstanceOfSatisfying(
                        Event.LoadRecorded.class,
                        recorded -> assertThat(recorded.file()).isEqualTo("load/requests.jsonl"));
        assertThat(outputs(run.folder))
                .containsKeys(Path.of(Outputs.HTML), Path.of(Outputs.JSON), Path.of("junit.xml"));
        assertThat(run.load.calls()).endsWith("finish", "close");
    }

    @Test
    void theStoredRunGivesTheSameBytesAgainAfterEveryOutputIsDeleted() throws Exception {
        KeptRun run = new KeptRun(dir);
        run.assessment.run(run.first);
        run.assessment.finish();
        Map<Path, String> written = outputs(run.folder);
        for (Path file : written.keySet()) {
            Files.delete(run.folder.path().resolve(file));
        }

        Outputs.write(StoredRun.read(run.folder));

        assertThat(outputs(run.folder)).isEqualTo(written).isNotEmpty();
    }

    @Test
    void aJudgementIsToldWhileTheRunGoesOn() throws Exception {
        KeptRun run = new KeptRun(dir);
        ScenarioJudgement judgement = run.assessment.run(run.first);
        run.assessment.close();

        assertThat(judgement.report().landed()).hasValue(true);
        assertThat(judgement.findings())
                .filteredOn(finding -> finding.id().equals("SRV-4/recover/undo-verified"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.outcome()).isEqualTo(Outcome.MET));
    }

    @Test
    void afterAFailedUndoNothingElseIsBrokenAndTheCardSaysSo() throws Exception {
        KeptRun run = new KeptRun(dir);
        run.at(Phase.HOLD, run.platform::breakDown);
        run.assessment.run(run.first);
        List<String> writes = run.platform.writes();

        ScenarioJudgement second = run.assessment.run(run.second);

        assertThat(second.report().invalid())
                .hasValueSatisfying(why -> assertThat(why)
                        .startsWith("invalid: not run: SRV-4 left something behind (put lever")
                        .endsWith("nothing else is broken now"));
        assertThat(second.findings()).allMatch(finding -> finding.outcome() == Outcome.UNKNOWN);
        assertThat(run.platform.writes()).isEqualTo(writes);
        assertThat(run.assessment.finish().restored()).isFalse();
        assertThat(events(run.folder).getLast()).isEqualTo(new Event.RunEnded(false));
    }

    @Test
    void whatSomebodyElseChangedMeanwhileStopsTheRunToo() throws Exception {
        KeptRun run = new KeptRun(dir);
        run.at(Phase.HOLD, () -> run.platform.lever("a", "7"));
        run.assessment.run(run.first);

        assertThat(run.assessment.run(run.second).report().invalid()).isPresent();
        assertThat(run.assessment.finish().restored()).isFalse();
        assertThat(run.platform.dump()).containsValue("7");
    }

    @Test
    void afterTheEndIsAskedForNoFurtherScenarioIsBegun() throws Exception {
        KeptRun run = new KeptRun(dir);
        run.at(Phase.HOLD, run.assessment::cancel);
        run.assessment.run(run.first);

        ScenarioJudgement second = run.assessment.run(run.second);

        assertThat(second.report().invalid()).hasValue("invalid: not run: the run was ended before it");
        assertThat(run.assessment.finish().restored()).isTrue();
    }

    @Test
    void aScenarioOfTheSuiteThatWasNotRunIsNotPassedOver() throws Exception {
        KeptRun run = new KeptRun(dir);
        run.assessment.run(run.first);

        Scorecard card = run.assessment.finish();

        assertThat(card.scenarios()).hasSize(2);
        assertThat(card.scenarios().getLast().answers().values()).containsOnly(Outcome.UNKNOWN);
    }

    @Test
    void listenersAreClosedBeforeTheLastRecord() throws Exception {
        List<Integer> recordsThen = new ArrayList<>();
        KeptRun[] run = new KeptRun[1];
        run[0] = new KeptRun(dir, () -> recordsThen.add(run[0].journal.entries().size()));

        run[0].assessment.finish();

        assertThat(recordsThen.getFirst()).isEqualTo(events(run[0].folder).size() - 2);
    }

    @Test
    void aListenerThatDoesNotCloseIsTold() throws Exception {
        KeptRun run = new KeptRun(dir, () -> {
            throw new IllegalStateException("port still bound");
        });
        assertThatThrownBy(run.assessment::finish)
                .isInstanceOf(IOException.class)
                .hasMessage("a listener did not close: port still bound");
    }

    @Test
    void closingWithoutAnEndLeavesAJournalThatCanBeRecovered() throws Exception {
        KeptRun run = new KeptRun(dir);
        run.assessment.run(run.first);
        run.assessment.close();
        run.assessment.close();

        assertThat(events(run.folder)).noneMatch(event -> event instanceof Event.RunEnded);
        assertThat(UndoLedger.of(JournalReader.read(run.folder.journal()).entries())
                        .entries())
                .extracting(UndoLedger.Entry::state)
                .containsExactly(UndoState.RESTORED);
        assertThat(run.load.calls()).filteredOn("close"::equals).hasSize(1);
    }
}
