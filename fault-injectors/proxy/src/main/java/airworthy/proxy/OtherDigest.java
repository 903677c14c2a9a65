package airworthy.proxy;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the digests in an answer's head those of something else; each stays one of its kind, so that only comparing tells. */
final class OtherDigest {

    /** RFC 9530 and what came before it, object stores, artefact repositories and model hubs. */
    private static final Set<String> FIELDS = Set.of(
            "repr-digest",
            "content-digest",
            "digest",
            "content-md5",
            "etag",
            "x-amz-checksum-sha256",
            "x-goog-hash",
            "x-checksum-sha256",
            "x-linked-etag");

    /** In hexadecimal or base64; nothing else in such a field is as long. */
    private static final Pattern DIGEST = Pattern.compile("[0-9A-Za-z+/]{16,}={0,2}");

    private OtherDigest() {}

    /** Returns the head with other digests, or the same where it tells none. */
    static Head in(Head head) {
        List<String> fields = head.fields().stream().map(OtherDigest::changed).toList();
        return new Head(head.start(), fields);
    }

    private static String changed(String line) {
        int colon = line.indexOf(':');
        if (colon < 0 || !FIELDS.contains(line.substring(0, colon).strip().toLowerCase(Locale.ROOT))) {
            return line;
        }
        Matcher digests = DIGEST.matcher(line.substring(colon + 1));
        return line.substring(0, colon + 1)
                + digests.replaceAll(found -> Matcher.quoteReplacement(another(found.group())));
    }

    /** Its first letter is another, of those that hexadecimal has too. */
    private static String another(String digest) {
        return (digest.charAt(0) == 'a' ? "b" : "a") + digest.substring(1);
    }
}
