package airworthy.probes.http;

import airworthy.probes.Reading;
import java.util.Optional;

/**
 * An HTTP answer, whatever its status.
 *
 * @param status the HTTP status
 * @param text the body, at most as long as was asked for
 * @param whole whether the body was not longer than that
 * @param location where a redirect points to
 */
public record Page(int status, String text, boolean whole, Optional<String> location) {
    private static final int EXCERPT_CHARS = 60;

    /**
     * What the answer says of the document that was asked for: present with 200, absent with 404, else unreadable.
     *
     * @param asked method and address, for the message
     */
    public Reading<String> document(String asked) {
        String answered = asked + ": answered " + status;
        String excerpt = text.isBlank() ? "" : ": " + quoted(text);
        return switch (status) {
            case 200 ->
                whole ? new Reading.Present<>(text) : new Reading.Unreadable<>(asked + ": the answer is too long");
            case 401 ->
                new Reading.Unreadable<>(answered + ", the credentials are missing, wrong or expired" + excerpt);
            case 403 -> new Reading.Unreadable<>(answered + ", these credentials may not read it" + excerpt);
            case 404 -> new Reading.Absent<>(answered + excerpt);
            default -> new Reading.Unreadable<>(answered + excerpt);
        };
    }

    /** The beginning of a text on one line and in quotes, for messages. */
    public static String quoted(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return '"' + (line.length() <= EXCERPT_CHARS ? line : line.substring(0, EXCERPT_CHARS) + "...") + '"';
    }
}
