package airworthy.mocks.prometheus;

import airworthy.mocks.monitoring.ConfigException;
import airworthy.mocks.monitoring.ConfigFile;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;

/** Chooses the rule files that prometheus.yml names and reads them. */
final class RuleFiles {
    private RuleFiles() {}

    static List<Rule.Group> load(PrometheusConfig config, List<ConfigFile> files) {
        List<Rule.Group> groups = new ArrayList<>();
        for (String pattern : config.ruleFiles()) {
            // Only the last part is compared: the files come by name, wherever they lie.
            Path last = Path.of(pattern).getFileName();
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + last);
            List<ConfigFile> matching = files.stream()
                    .filter(file -> matcher.matches(Path.of(file.name()).getFileName()))
                    .toList();
            if (matching.isEmpty() && !pattern.contains("*")) {
                throw new ConfigException("prometheus.yml: rule_files: found \"" + pattern
                        + "\", expected one of the files given: "
                        + files.stream().map(ConfigFile::name).toList());
            }
            matching.forEach(file -> groups.addAll(RuleReader.read(file, config.evaluationInterval())));
        }
        return groups;
    }
}
