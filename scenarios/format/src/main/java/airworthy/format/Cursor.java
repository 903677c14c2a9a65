package airworthy.format;

import airworthy.model.Share;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A place in a document under conversion.
 *
 * <p>Structure is the schema's business: what has the wrong shape or is missing reads as a harmless placeholder without a
 * word, because the schema has complained already. What has the right shape and a bad value is complained about here. A
 * conversion hands out nothing once there is a complaint, so no placeholder ever leaves this package.
 */
final class Cursor {
    private static final URI NOWHERE = URI.create("http://localhost");

    private final Document document;
    private final JsonPointer pointer;
    private final Complaints complaints;

    private Cursor(Document document, JsonPointer pointer, Complaints complaints) {
        this.document = document;
        this.pointer = pointer;
        this.complaints = complaints;
    }

    static Cursor over(Document document, Complaints complaints) {
        return new Cursor(document, JsonPointer.empty(), complaints);
    }

    Cursor get(String key) {
        return new Cursor(document, pointer.appendProperty(key), complaints);
    }

    boolean has(String key) {
        return node().has(key);
    }

    /** The value under a key, if the key is there. */
    Optional<Cursor> find(String key) {
        return has(key) ? Optional.of(get(key)) : Optional.empty();
    }

    boolean isMapping() {
        return node().isObject();
    }

    boolean isList() {
        return node().isArray();
    }

    /** Whether this is the word that declares a part of a platform away. */
    boolean saysAbsent() {
        return "absent".equals(node().textValue());
    }

    List<Cursor> items() {
        return node().isArray()
                ? IntStream.range(0, node().size())
                        .mapToObj(index -> new Cursor(document, pointer.appendIndex(index), complaints))
                        .toList()
                : List.of();
    }

    /** The values of a mapping by key, in the order of the file. */
    Map<String, Cursor> entries() {
        Map<String, Cursor> entries = new LinkedHashMap<>();
        node().fieldNames().forEachRemaining(key -> entries.put(key, get(key)));
        return entries;
    }

    String text() {
        return node().isTextual() ? node().textValue() : "";
    }

    List<String> texts() {
        return items().stream().map(Cursor::text).toList();
    }

    boolean flag() {
        return node().booleanValue();
    }

    int integerFrom(int least) {
        JsonNode node = node();
        boolean fits = node.isIntegralNumber() && node.canConvertToInt() && node.intValue() >= least;
        if (node.isIntegralNumber() && !fits) {
            complain("a whole number from " + least + " to " + Integer.MAX_VALUE);
        }
        return fits ? node.intValue() : least;
    }

    long longFrom(long least) {
        JsonNode node = node();
        boolean fits = node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= least;
        if (node.isIntegralNumber() && !fits) {
            complain("a whole number from " + least + " to " + Long.MAX_VALUE);
        }
        return fits ? node.longValue() : least;
    }

    double numberAbove(double bound) {
        double number = node().isNumber() ? node().doubleValue() : bound + 1;
        if (!(number > bound && Double.isFinite(number))) {
            complain("a number above " + bound);
            return bound + 1;
        }
        return number;
    }

    double numberFrom(double least) {
        double number = node().isNumber() ? node().doubleValue() : least;
        // the schema has complained of one below already
        return number >= least && Double.isFinite(number) ? number : least;
    }

    Duration duration() {
        return parsed(DurationText::parse, DurationText.EXPECTED, Duration.ZERO);
    }

    Duration positiveDuration() {
        return parsed(
                text -> DurationText.parse(text).filter(length -> !length.isZero()),
                DurationText.EXPECTED + ", above zero",
                Duration.ofMillis(1));
    }

    Share share() {
        return parsed(ShareText::parse, ShareText.EXPECTED, new Share(0));
    }

    /** A share that is neither nothing nor all. */
    Share shareWithin() {
        return parsed(
                text -> ShareText.parse(text).filter(share -> share.value() > 0 && share.value() < 1),
                "a share above 0% and below 100%, such as 60%",
                new Share(0.5));
    }

    /** An absolute http or https address. */
    URI url() {
        return parsed(Cursor::httpUrl, "an address such as http://host:port/", NOWHERE);
    }

    /** One of the words of a closed list. */
    <E> E word(List<E> all, Function<E, String> id) {
        return parsed(
                text -> all.stream().filter(one -> id.apply(one).equals(text)).findFirst(),
                () -> Nearest.oneOf(text(), all.stream().map(id).toList()),
                all.getFirst());
    }

    /** Complains of anything but one of these words. */
    void mustBe(List<String> words) {
        if (!words.contains(text())) {
            complain(Nearest.oneOf(text(), words));
        }
    }

    /** Reads text by a form of its own. */
    <T> T parsed(Function<String, Optional<T>> form, String expected, T placeholder) {
        return parsed(form, () -> expected, placeholder);
    }

    private <T> T parsed(Function<String, Optional<T>> form, Supplier<String> expected, T placeholder) {
        if (!node().isTextual()) {
            return placeholder;
        }
        Optional<T> value = form.apply(text());
        if (value.isEmpty()) {
            complain(expected.get());
        }
        return value.orElse(placeholder);
    }

    /** Says that this value is not what it ought to be. */
    void complain(String expected) {
        complaints.add(document.problem(document.valueAt(pointer), pointer, Found.words(node()), expected));
    }

    /** Says that this key ought to be there, or ought not to. */
    void complainOfKey(String found, String expected) {
        complaints.add(document.problem(document.keyAt(pointer), pointer, found, expected));
    }

    private JsonNode node() {
        return document.root().at(pointer);
    }

    private static Optional<URI> httpUrl(String text) {
        try {
            URI uri = new URI(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return http && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
