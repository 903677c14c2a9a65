package airworthy.engine;

import airworthy.assembly.Catalogue;
import airworthy.format.Problem;
import airworthy.format.Read;
import airworthy.format.SchemaCheck;
import airworthy.format.SuiteFiles;
import airworthy.format.SuiteReader;
import airworthy.model.Scenario;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.platform.engine.DiscoveryIssue;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.ClasspathResourceSelector;
import org.junit.platform.engine.discovery.DirectorySelector;
import org.junit.platform.engine.discovery.FileSelector;
import org.junit.platform.engine.discovery.UniqueIdSelector;
import org.junit.platform.engine.support.descriptor.ClasspathResourceSource;
import org.junit.platform.engine.support.descriptor.FileSource;
import org.junit.platform.engine.support.discovery.DiscoveryIssueReporter;
import org.junit.platform.engine.support.discovery.SelectorResolver;

/** Turns selected folders, files, resources and ids into scenarios; what is wrong with them into issues. */
final class ScenarioSelectors implements SelectorResolver {
    private static final String SUITE_FILE = "/" + SuiteReader.SUITE_FILE;

    private final AssessmentDescriptor root;
    private final DiscoveryIssueReporter issues;
    private final SuiteReader suites = new SuiteReader(new SchemaCheck());

    ScenarioSelectors(AssessmentDescriptor root, DiscoveryIssueReporter issues) {
        this.root = root;
        this.issues = issues;
    }

    @Override
    public Resolution resolve(DirectorySelector selector, Context context) {
        return matched(suites.read(selector.getPath()), context, ScenarioSelectors::file, scenario -> true);
    }

    @Override
    public Resolution resolve(FileSelector selector, Context context) {
        return matched(suites.read(selector.getPath()), context, ScenarioSelectors::file, scenario -> true);
    }

    @Override
    public Resolution resolve(ClasspathResourceSelector selector, Context context) {
        String name = selector.getClasspathResourceName();
        if (!name.endsWith(SUITE_FILE)) {
            return Resolution.unresolved();
        }
        return matched(
                resource(name.substring(0, name.length() - SUITE_FILE.length())),
                context,
                ClasspathResourceSource::from,
                scenario -> true);
    }

    /** An id alone stands for a scenario of the suite that ships. */
    @Override
    public Resolution resolve(UniqueIdSelector selector, Context context) {
        List<UniqueId.Segment> segments = selector.getUniqueId().getSegments();
        Optional<String> wanted =
                segments.size() == 2 && segments.getLast().getType().equals(ScenarioDescriptor.SEGMENT)
                        ? Optional.of(segments.getLast().getValue())
                        : Optional.empty();
        return wanted.map(id -> matched(
                        resource(Catalogue.V1),
                        context,
                        ClasspathResourceSource::from,
                        scenario -> scenario.id().value().equals(id)))
                .orElse(Resolution.unresolved());
    }

    private Read<SuiteFiles> resource(String folder) {
        return suites.readClassPath(ScenarioSelectors.class.getClassLoader(), folder);
    }

    private static TestSource file(String path) {
        return FileSource.from(Path.of(path).toFile());
    }

    private Resolution matched(
            Read<SuiteFiles> read, Context context, Function<String, TestSource> source, Predicate<Scenario> wanted) {
        return switch (read) {
            case Read.Bad<SuiteFiles>(List<Problem> problems) -> {
                problems.forEach(problem ->
                        issues.reportIssue(DiscoveryIssue.create(DiscoveryIssue.Severity.ERROR, problem.toString())));
                yield Resolution.unresolved();
            }
            case Read.Ok<SuiteFiles>(SuiteFiles files) -> {
                if (!root.take(files)) {
                    issues.reportIssue(DiscoveryIssue.create(
                            DiscoveryIssue.Severity.ERROR,
                            "found two suites selected, expected one: a scorecard names one suite"));
                    yield Resolution.unresolved();
                }
                Set<Match> matches = new LinkedHashSet<>();
                for (int i = 0; i < files.files().size(); i++) {
                    Scenario scenario = files.suite().scenarios().get(i);
                    TestSource from = source.apply(files.files().get(i).path());
                    if (wanted.test(scenario)) {
                        context.addToParent(parent -> Optional.of(descriptor(parent.getUniqueId(), scenario, from)))
                                .map(Match::exact)
                                .ifPresent(matches::add);
                    }
                }
                yield matches.isEmpty() ? Resolution.unresolved() : Resolution.matches(matches);
            }
        };
    }

    private static ScenarioDescriptor descriptor(UniqueId parent, Scenario scenario, TestSource source) {
        return new ScenarioDescriptor(
                parent.append(ScenarioDescriptor.SEGMENT, scenario.id().value()), scenario, source);
    }
}
