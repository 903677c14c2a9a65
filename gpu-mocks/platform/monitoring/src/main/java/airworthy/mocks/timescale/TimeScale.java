package airworthy.mocks.timescale;

import airworthy.mocks.monitoring.ConfigException;
import airworthy.mocks.monitoring.ConfigFile;
import airworthy.mocks.monitoring.PromDuration;
import java.io.StringReader;
import java.time.Duration;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Divides the durations of prometheus.yml, rule files and alertmanager.yml, and leaves every other character as it is.
 * What is not a whole number of milliseconds is rounded to the nearest one, and never to less than 1 ms. Immutable.
 *
 * @param divisor by what durations are divided, 1 or more
 */
public record TimeScale(int divisor) {
    private static final Set<String> PROMETHEUS = Set.of("scrape_interval", "scrape_timeout", "evaluation_interval");
    private static final Set<String> RULES = Set.of("interval", "for", "keep_firing_for");
    private static final Set<String> ALERTMANAGER =
            Set.of("resolve_timeout", "group_wait", "group_interval", "repeat_interval");
    private static final Set<String> NAMED_BY_USERS =
            Set.of("labels", "annotations", "external_labels", "match", "match_re");

    /** A quoted PromQL text, a comment, or a range; only the last has a group. YAML's own quotes may double a quote. */
    private static final Pattern RANGE = Pattern.compile(
            "\\\\?\"(?:\\\\\\\\.|\\\\[^\"\\\\]|[^\"\\\\])*\\\\?\"|''(?:[^']|'(?!'))*''|'(?:\\\\.|[^'\\\\])*'|`[^`]*`|#[^\\n"
                    + "]*|\\[\\s*([0-9][0-9a-z]*)\\s*]");

    private static final Pattern DURATION = Pattern.compile("[0-9][0-9a-z]*");

    /** Checks the divisor. */
    public TimeScale {
        if (divisor < 1) {
            throw new IllegalArgumentException("found time scale " + divisor + ", expected 1 or more");
        }
    }

    /** Returns prometheus.yml with its intervals and time limits divided. */
    public String prometheus(String text) {
        return scaled(new ConfigFile("prometheus.yml", text), PROMETHEUS);
    }

    /** Returns a rule file with intervals, waits and the ranges inside expressions divided. */
    public String rules(String text) {
        return scaled(new ConfigFile("rules.yml", text), RULES);
    }

    /** Returns alertmanager.yml with its waits and time limits divided. */
    public String alertmanager(String text) {
        return scaled(new ConfigFile("alertmanager.yml", text), ALERTMANAGER);
    }

    private record Edit(int end, String text) {}

    private String scaled(ConfigFile file, Set<String> keys) {
        TreeMap<Integer, Edit> edits = new TreeMap<>();
        try {
            Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(file.text()));
            if (root != null && divisor > 1) {
                collect(root, file.text(), keys, edits);
            }
        } catch (MarkedYAMLException | IllegalArgumentException e) {
            throw new ConfigException(file.name() + ": " + e.getMessage());
        }
        StringBuilder result = new StringBuilder(file.text());
        // From the end, so that earlier offsets stay true.
        edits.descendingMap().forEach((start, edit) -> result.replace(start, edit.end(), edit.text()));
        return result.toString();
    }

    private void collect(Node node, String text, Set<String> keys, TreeMap<Integer, Edit> edits) {
        if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> collect(item, text, keys, edits));
        }
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(tuple -> {
                String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
                if (tuple.getValueNode() instanceof ScalarNode value) {
                    if (keys.contains(key)) {
                        duration(value, text, edits);
                    } else if (key.equals("expr")) {
                        ranges(value, text, edits);
                    }
                } else if (!NAMED_BY_USERS.contains(key)) {
                    collect(tuple.getValueNode(), text, keys, edits);
                }
            });
        }
    }

    private void duration(ScalarNode value, String text, TreeMap<Integer, Edit> edits) {
        Matcher matcher = DURATION.matcher(text).region(start(value, text), end(value, text));
        if (matcher.find()) {
            edits.put(matcher.start(), new Edit(matcher.end(), divided(matcher.group())));
        }
    }

    private void ranges(ScalarNode value, String text, TreeMap<Integer, Edit> edits) {
        boolean quoted = value.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED
                || value.getScalarStyle() == ScalarStyle.SINGLE_QUOTED;
        int margin = quoted ? 1 : 0;
        Matcher matcher = RANGE.matcher(text).region(start(value, text) + margin, end(value, text) - margin);
        while (matcher.find()) {
            if (matcher.group(1) != null) {
                edits.put(matcher.start(1), new Edit(matcher.end(1), divided(matcher.group(1))));
            }
        }
    }

    private String divided(String duration) {
        long millis = PromDuration.parse(duration).toMillis();
        if (millis == 0) {
            return duration;
        }
        long scaled = Math.max(1, Math.floorDiv(2 * millis + divisor, 2L * divisor));
        return PromDuration.format(Duration.ofMillis(scaled));
    }

    /** Marks count code points, text is counted in chars. */
    private static int start(Node node, String text) {
        return text.offsetByCodePoints(0, node.getStartMark().getIndex());
    }

    private static int end(Node node, String text) {
        return text.offsetByCodePoints(0, node.getEndMark().getIndex());
    }
}
