package airworthy.proxy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The lines of a request or an answer before its body, each kept as it came.
 *
 * @param start request line or status line
 * @param fields the header lines, in order
 */
record Head(String start, List<String> fields) {

    Head {
        fields = List.copyOf(fields);
    }

    /** Returns one part of the first line, or an empty text where it has fewer. */
    String part(int index) {
        String[] parts = start.split(" ", 3);
        return index < parts.length ? parts[index] : "";
    }

    /** Returns the value of the first header line of this name. */
    Optional<String> field(String name) {
        return fields.stream()
                .filter(line -> nameOf(line).equals(name.toLowerCase(Locale.ROOT)))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }

    /** Whether a header that is a list has this word. */
    boolean lists(String name, String word) {
        return fields.stream()
                .filter(line -> nameOf(line).equals(name.toLowerCase(Locale.ROOT)))
                .flatMap(line ->
                        Arrays.stream(line.substring(line.indexOf(':') + 1).split(",", -1)))
                .anyMatch(listed -> listed.strip().equalsIgnoreCase(word));
    }

    /** Returns this head without the header lines of these names, which are in lower case. */
    Head without(Set<String> names) {
        return new Head(
                start,
                fields.stream().filter(line -> !names.contains(nameOf(line))).toList());
    }

    /** Returns this head with one line more. */
    Head with(String line) {
        List<String> more = new ArrayList<>(fields);
        more.add(line);
        return new Head(start, more);
    }

    /** Returns what goes over the wire. */
    byte[] bytes() {
        StringBuilder text = new StringBuilder(start).append("\r\n");
        fields.forEach(line -> text.append(line).append("\r\n"));
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String nameOf(String line) {
        int colon = line.indexOf(':');
        return colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
    }
}
