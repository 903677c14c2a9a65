package airworthy.mocks.monitoring;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A mapping of a configuration file. Immutable. */
public final class ConfigMapping {
    private final ConfigNode self;
    private final Map<String, ConfigNode> keys;
    private final Map<String, ConfigNode> values;

    ConfigMapping(ConfigNode self, Map<String, ConfigNode> keys, Map<String, ConfigNode> values) {
        this.self = self;
        this.keys = Map.copyOf(keys);
        this.values = values;
    }

    /** Refuses any key but these, by its name and place. */
    public ConfigMapping only(String... known) {
        for (String name : values.keySet()) {
            if (!List.of(known).contains(name)) {
                ConfigNode key = keys.getOrDefault(name, self);
                throw key.problem("found key \"" + name + "\", which this simulation does not know; expected one of "
                        + String.join(", ", known));
            }
        }
        return this;
    }

    /** Returns a value that may be absent. */
    public Optional<ConfigNode> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** Returns a value that must be there. */
    public ConfigNode require(String key) {
        return get(key).orElseThrow(() -> self.problem("found no key \"" + key + "\", expected one"));
    }

    /** Returns the items of a list, none where the key is absent. */
    public List<ConfigNode> items(String key) {
        return get(key).map(ConfigNode::items).orElse(List.of());
    }

    /** Returns a text or its default. */
    public String text(String key, String otherwise) {
        return get(key).map(ConfigNode::text).orElse(otherwise);
    }

    /** Returns a duration or its default. */
    public Duration duration(String key, Duration otherwise) {
        return get(key).map(ConfigNode::duration).orElse(otherwise);
    }

    /** Returns a mapping of texts, empty where the key is absent. */
    public SortedMap<String, String> textMap(String key) {
        SortedMap<String, String> texts = new TreeMap<>();
        get(key).filter(n -> !n.isEmpty())
                .ifPresent(n -> n.mapping().values.forEach((name, value) -> texts.put(name, value.text())));
        return texts;
    }

    /** Returns the values in order of the file. */
    public Map<String, ConfigNode> values() {
        return Collections.unmodifiableMap(values);
    }

    /** Returns the mapping as a node, to name its place. */
    public ConfigNode node() {
        return self;
    }
}
