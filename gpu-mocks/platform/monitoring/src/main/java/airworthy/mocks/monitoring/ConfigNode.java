package airworthy.mocks.monitoring;

import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A value in a YAML file that knows where it stands, so that every refusal can name the place. Immutable. */
public final class ConfigNode {
    private final String file;
    private final String path;
    private final Node node;

    private ConfigNode(String file, String path, Node node) {
        this.file = file;
        this.path = path;
        this.node = node;
    }

    /**
     * Reads a file.
     *
     * @throws ConfigException when it is empty or no YAML
     */
    public static ConfigNode parse(ConfigFile file) {
        try {
            Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(file.text()));
            if (root == null) {
                throw new ConfigException(file.name() + ": found an empty file, expected YAML");
            }
            return new ConfigNode(file.name(), "", root);
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            String where = mark == null ? "" : ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
            throw new ConfigException(file.name() + where + "  found no valid YAML: " + e.getProblem());
        }
    }

    /** Returns the keys and values of a mapping, in order. */
    public ConfigMapping mapping() {
        if (!(node instanceof MappingNode mapping)) {
            throw problem("found " + kind() + ", expected a mapping");
        }
        Map<String, ConfigNode> keys = new LinkedHashMap<>();
        Map<String, ConfigNode> values = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            ConfigNode key = new ConfigNode(file, path, tuple.getKeyNode());
            String name = key.text();
            if (keys.put(name, key) != null) {
                throw key.problem("found key \"" + name + "\" twice, expected it once");
            }
            values.put(name, new ConfigNode(file, path.isEmpty() ? name : path + "." + name, tuple.getValueNode()));
        }
        return new ConfigMapping(this, keys, values);
    }

    /** Returns the items of a sequence; a null value is an empty one. */
    public List<ConfigNode> items() {
        if (isNull()) {
            return List.of();
        }
        if (!(node instanceof SequenceNode sequence)) {
            throw problem("found " + kind() + ", expected a list");
        }
        List<ConfigNode> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(new ConfigNode(file, path + "[" + items.size() + "]", item));
        }
        return items;
    }

    /** Returns the items of a sequence as texts. */
    public List<String> texts() {
        return items().stream().map(ConfigNode::text).toList();
    }

    /** Returns a scalar as it is written, without quotes. */
    public String text() {
        if (!(node instanceof ScalarNode scalar)) {
            throw problem("found " + kind() + ", expected a text");
        }
        return scalar.getValue();
    }

    /** Returns a duration such as 30s. */
    public Duration duration() {
        try {
            return PromDuration.parse(text());
        } catch (IllegalArgumentException e) {
            throw problem(String.valueOf(e.getMessage()));
        }
    }

    /** Returns true or false. */
    public boolean truth() {
        return switch (text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw problem("found \"" + text() + "\", expected true or false");
        };
    }

    /** Says whether the value is absent or empty: null, or a mapping or sequence without content. */
    public boolean isEmpty() {
        return isNull()
                || (node instanceof MappingNode mapping && mapping.getValue().isEmpty())
                || (node instanceof SequenceNode sequence && sequence.getValue().isEmpty());
    }

    private boolean isNull() {
        return node.getTag().equals(Tag.NULL);
    }

    /** Returns the 1-based line of the first character of a scalar's content; a block's content is below its mark. */
    public int contentLine() {
        boolean block = node instanceof ScalarNode scalar
                && (scalar.getScalarStyle() == ScalarStyle.LITERAL || scalar.getScalarStyle() == ScalarStyle.FOLDED);
        return line() + (block ? 1 : 0);
    }

    /** Returns the 1-based line on which the value begins. */
    public int line() {
        return node.getStartMark().getLine() + 1;
    }

    /** Returns the file's name. */
    public String file() {
        return file;
    }

    /** Returns an exception that names this place. */
    public ConfigException problem(String what) {
        String place = file + ":" + line() + ":" + (node.getStartMark().getColumn() + 1);
        return new ConfigException(path.isEmpty() ? place + "  " + what : place + "  " + path + ": " + what);
    }

    private String kind() {
        return switch (node) {
            case MappingNode _ -> "a mapping";
            case SequenceNode _ -> "a list";
            default -> isNull() ? "nothing" : "a text";
        };
    }
}
