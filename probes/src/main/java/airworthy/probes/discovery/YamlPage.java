package airworthy.probes.discovery;

import airworthy.probes.Reading;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A page of YAML with comments at the ends of its lines, which no library writes. Knows the little of YAML that a profile
 * needs: block mappings, lists of mappings, and values on one line. For one thread.
 */
final class YamlPage {
    private static final String INDENT = "  ";
    /** What no YAML reader takes for anything but this text. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9_.@/-]*(:[A-Za-z0-9/][A-Za-z0-9_.@/-]*)*");

    private static final Set<String> WORDS =
            Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null", "absent");

    private final StringBuilder text = new StringBuilder();
    private int depth;
    private boolean item;

    /** A text so that it is read back as the same text. */
    static String scalar(String value) {
        return PLAIN.matcher(value).matches() && !WORDS.contains(value.toLowerCase(Locale.ROOT))
                ? value
                : JsonNodeFactory.instance.textNode(value).toString();
    }

    /** Texts as a list on one line. */
    static String list(List<String> values) {
        return "[" + String.join(", ", values.stream().map(YamlPage::scalar).toList()) + "]";
    }

    /** Rendered values as a mapping on one line. */
    static String mapping(Map<String, String> rendered) {
        return "{ "
                + String.join(
                        ", ",
                        rendered.entrySet().stream()
                                .map(each -> scalar(each.getKey()) + ": " + each.getValue())
                                .toList())
                + " }";
    }

    /** A comment on a line of its own. */
    void remark(String words) {
        begin();
        text.append("# ").append(oneLine(words)).append('\n');
    }

    /** A key with a value that is rendered already. */
    void entry(String key, String rendered) {
        entry(key, rendered, Optional.empty());
    }

    /** A key with a value that is rendered already, and words for the end of the line. */
    void entry(String key, String rendered, Optional<String> words) {
        begin();
        text.append(scalar(key)).append(": ").append(rendered);
        words.ifPresent(comment -> text.append(" # ").append(oneLine(comment)));
        text.append('\n');
    }

    /** A key with a value, told as guessed if it was. */
    void told(String key, Told<String> rendered) {
        entry(key, rendered.value(), rendered.guess().map(YamlPage::guessed));
    }

    /** The words that mark a guess. */
    static String guessed(String why) {
        return "guessed: " + why;
    }

    /** A key under which everything that {@code inside} writes stands. */
    void under(String key, Runnable inside) {
        begin();
        text.append(scalar(key)).append(":\n");
        depth++;
        inside.run();
        depth--;
    }

    /** One mapping of a list. */
    void item(Runnable inside) {
        item = true;
        depth++;
        inside.run();
        depth--;
        item = false;
    }

    /** Writes a part of the platform, or what became of looking for it. */
    <T> void part(String key, Reading<T> reading, Consumer<T> write) {
        if (reading instanceof Reading.Present<T>(T value)) {
            write.accept(value);
        } else {
            missing(key, reading);
        }
    }

    /** What became of looking for something that is not there; nothing if it is. */
    void missing(String key, Reading<?> reading) {
        switch (reading) {
            case Reading.Present<?> _ -> {}
            case Reading.Absent<?>(String how) -> remark(key + ": looked for " + how + ": absent");
            case Reading.Unreadable<?>(String why) -> remark(key + ": looked for it: unreadable: " + why);
        }
    }

    private void begin() {
        if (item) {
            text.append(INDENT.repeat(depth - 1)).append("- ");
            item = false;
        } else {
            text.append(INDENT.repeat(depth));
        }
    }

    private static String oneLine(String words) {
        return words.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
