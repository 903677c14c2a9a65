package airworthy.engine;

import airworthy.model.Phase;
import airworthy.model.ScenarioId;
import airworthy.model.ScenarioReport;
import airworthy.model.Scorecard;
import airworthy.runner.Progress;
import airworthy.runner.RunFolder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.reporting.ReportEntry;

/**
 * Tells listeners how an assessment goes on, by report entries: {@code phase} for a scenario, its answers by question,
 * and for the whole {@code preparing} (a step before the first scenario), {@code scenario} with {@code expected} (seconds
 * that it takes, about), {@code run} (the folder) and {@code restored}.
 */
final class PhaseReports implements Progress {
    private final TestDescriptor root;
    private final EngineExecutionListener listener;

    PhaseReports(TestDescriptor root, EngineExecutionListener listener) {
        this.root = root;
        this.listener = listener;
    }

    @Override
    public void phase(ScenarioId scenario, Phase phase) {
        root.getChildren().stream()
                .filter(child -> child instanceof ScenarioDescriptor descriptor
                        && descriptor.scenario().id().equals(scenario))
                .forEach(child -> listener.reportingEntryPublished(child, ReportEntry.from("phase", phase.id())));
    }

    @Override
    public void preparing(String step) {
        listener.reportingEntryPublished(root, ReportEntry.from("preparing", step));
    }

    /** Of the whole, because a scenario that has not begun reports nothing. */
    void expected(ScenarioDescriptor descriptor, Duration duration) {
        listener.reportingEntryPublished(
                root,
                ReportEntry.from(Map.of(
                        "scenario",
                        descriptor.getDisplayName(),
                        "expected",
                        Double.toString(duration.toMillis() / 1e3))));
    }

    void judged(ScenarioDescriptor descriptor, ScenarioReport report) {
        Map<String, String> answers = new LinkedHashMap<>();
        report.answers().forEach((question, answer) -> answers.put(question.id(), answer.id()));
        listener.reportingEntryPublished(descriptor, ReportEntry.from(answers));
    }

    void finished(RunFolder folder, Scorecard card) {
        listener.reportingEntryPublished(
                root,
                ReportEntry.from(
                        Map.of("run", folder.path().toString(), "restored", Boolean.toString(card.restored()))));
    }
}
