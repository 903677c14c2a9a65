package airworthy.format;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The form in which files write rates of requests: {@code 5/s}, {@code 0.5/s}. */
public final class RateText {
    /** What to expect, for messages. */
    public static final String EXPECTED = "a rate above zero such as 5/s";

    private static final Pattern FORM = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,6})?)/s");

    private RateText() {}

    /** Reads the written form as requests per second; empty if it is not one or is zero. */
    public static Optional<Double> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(Double.valueOf(matcher.group(1))).filter(rate -> rate > 0)
                : Optional.empty();
    }

    /** Writes it without needless zeros. */
    public static String print(double perSecond) {
        return (perSecond == Math.rint(perSecond) ? String.valueOf((long) perSecond) : String.valueOf(perSecond))
                + "/s";
    }
}
