package airworthy.format;

import airworthy.model.Share;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The form in which files write shares: {@code 5%}, {@code 99.5%}. {@link Share#toString()} writes the same. */
public final class ShareText {
    /** What to expect, for messages. */
    public static final String EXPECTED = "a share between 0% and 100%, such as 5%";

    private static final Pattern FORM = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?)%");

    private ShareText() {}

    /** Reads the written form; empty if it is not one or lies outside 0% to 100%. */
    public static Optional<Share> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        double fraction = Double.parseDouble(matcher.group(1)) / 100;
        return fraction <= 1 ? Optional.of(new Share(fraction)) : Optional.empty();
    }
}
