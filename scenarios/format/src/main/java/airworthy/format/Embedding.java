package airworthy.format;

import airworthy.model.Event;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Puts a text into the form in which a journal keeps it. */
public final class Embedding {

    private Embedding() {}

    /**
     * The text with its digest.
     *
     * @param path as the user gave it
     */
    public static Event.Embedded of(String path, String text) {
        return new Event.Embedded(path, sha256(text), text);
    }

    /** SHA-256 of the UTF-8 bytes of a text, in lower-case hex. */
    public static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
