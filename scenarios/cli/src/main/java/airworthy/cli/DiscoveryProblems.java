package airworthy.cli;

import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.DiscoveryIssue;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.launcher.LauncherDiscoveryListener;

/** Collects what discovery found wrong with the user's files, so that nothing starts before all of it is told. */
final class DiscoveryProblems implements LauncherDiscoveryListener {
    private final List<String> problems = new ArrayList<>();

    @Override
    public void issueEncountered(UniqueId engineId, DiscoveryIssue issue) {
        if (issue.severity() == DiscoveryIssue.Severity.ERROR) {
            problems.add(issue.message());
        }
    }

    List<String> all() {
        return List.copyOf(problems);
    }
}
