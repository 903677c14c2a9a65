package airworthy.cli;

import airworthy.assembly.CannotAssessException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Hears how an assessment goes on: shows it, and keeps what is needed at its end. */
final class FlightRecorder implements TestExecutionListener {
    private final ProgressView view;
    private final Map<String, String> ends = new ConcurrentHashMap<>();
    private volatile Optional<Throwable> broke = Optional.empty();

    FlightRecorder(ProgressView view) {
        this.view = view;
    }

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        view.begin(plan.getRoots().stream()
                .flatMap(root -> plan.getDescendants(root).stream())
                .filter(TestIdentifier::isTest)
                .map(TestIdentifier::getDisplayName)
                .toList());
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        view.end();
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        Map<String, String> pairs = entry.getKeyValuePairs();
        if (pairs.containsKey("preparing")) {
            view.preparing(pairs.get("preparing"));
        } else if (pairs.containsKey("expected") && pairs.containsKey("scenario")) {
            view.expected(pairs.get("scenario"), Double.parseDouble(pairs.get("expected")));
        } else if (!test.isTest()) {
            ends.putAll(pairs);
        } else if (pairs.containsKey("phase")) {
            view.phase(test.getDisplayName(), pairs.get("phase"));
        } else {
            view.judged(test.getDisplayName(), pairs);
        }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (!test.isTest()) {
            result.getThrowable().ifPresent(thrown -> broke = Optional.of(thrown));
        }
    }

    /** Where the run is kept, if it came to its end. */
    Optional<Path> run() {
        return Optional.ofNullable(ends.get("run")).map(Path::of);
    }

    /** What the user can mend. */
    List<String> userProblems() {
        for (Throwable cause = broke.orElse(null); cause != null; cause = cause.getCause()) {
            if (cause instanceof CannotAssessException reason) {
                return reason.problems();
            }
        }
        return List.of();
    }

    /** What nobody but us can mend. */
    IllegalStateException bug() {
        return new IllegalStateException("the assessment ended without a scorecard", broke.orElse(null));
    }
}
