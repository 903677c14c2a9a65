package airworthy.proxy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Replaces the words that an answer says by others of the same length, in the bytes as they came: everything else, the
 * token counts too, stays bit for bit the same, and so does the length.
 */
final class WrongWords {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int UNICODE_ESCAPE = 6;

    private WrongWords() {}

    /** Replaces the words in one server-sent event; what is no JSON, as {@code [DONE]}, stays. */
    static byte[] inEvent(byte[] event) {
        ByteArrayOutputStream changed = new ByteArrayOutputStream(event.length);
        int start = 0;
        while (start < event.length) {
            int end = start;
            while (end < event.length && event[end] != '\n') {
                end++;
            }
            end = Math.min(event.length, end + 1);
            String line = new String(event, start, end - start, StandardCharsets.ISO_8859_1);
            int json = line.startsWith("data:") ? line.indexOf('{') : -1;
            int split = json < 0 ? end : start + json;
            changed.write(event, start, split - start);
            if (split < end) {
                byte[] text = new byte[end - split];
                System.arraycopy(event, split, text, 0, text.length);
                changed.writeBytes(inJson(text));
            }
            start = end;
        }
        return changed.toByteArray();
    }

    /** Replaces the words in a chunk of a stream or in a whole answer; what is no JSON stays. */
    static byte[] inJson(byte[] json) {
        ByteArrayOutputStream changed = new ByteArrayOutputStream(json.length);
        int kept = 0;
        try (JsonParser parser = JSON.createParser(json)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.VALUE_STRING && isSaid(parser)) {
                    int from = (int) parser.currentTokenLocation().getByteOffset() + 1;
                    parser.finishToken();
                    int to = (int) parser.currentLocation().getByteOffset() - 1;
                    changed.write(json, kept, from - kept);
                    String text = new String(json, from, to - from, StandardCharsets.UTF_8);
                    changed.writeBytes(others(text).getBytes(StandardCharsets.UTF_8));
                    kept = to;
                }
            }
        } catch (IOException _) {
            return json;
        }
        changed.write(json, kept, json.length - kept);
        return changed.toByteArray();
    }

    /** Whether a text is what the model says: {@code choices[].delta.content}, {@code .message.content} or {@code .text}. */
    private static boolean isSaid(JsonParser parser) {
        String path = parser.getParsingContext().pathAsPointer().toString();
        return path.matches("/choices/\\d+/((delta|message)/content|text)");
    }

    /** Works on the text as it is written in JSON, so that escapes stay escapes. */
    private static String others(String written) {
        StringBuilder text = new StringBuilder(written);
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) != '\\') {
                text.setCharAt(at, other(text.charAt(at)));
            } else if (at + 1 < text.length() && text.charAt(at + 1) == 'u') {
                int code = Integer.parseInt(text.substring(at + 2, at + UNICODE_ESCAPE), 16);
                text.replace(at + 2, at + UNICODE_ESCAPE, "%04x".formatted((int) other((char) code)));
                at += UNICODE_ESCAPE - 1;
            } else {
                at++;
            }
        }
        return text.toString();
    }

    private static char other(char from) {
        return base(from)
                .map(base -> (char) (base.first + (from - base.first + base.count / 2) % base.count))
                .orElseGet(() -> neighbour(from));
    }

    private static Optional<Alphabet> base(char letter) {
        for (Alphabet alphabet : Alphabet.values()) {
            if (letter >= alphabet.first && letter < alphabet.first + alphabet.count) {
                return Optional.of(alphabet);
            }
        }
        return Optional.empty();
    }

    /** A letter of another script: the one beside it, which is as long in UTF-8. */
    private static char neighbour(char from) {
        char beside = (char) (from ^ 1);
        boolean letters = from > 127 && Character.isLetter(from) && Character.isLetter(beside);
        return letters ? beside : from;
    }

    private enum Alphabet {
        SMALL('a', 26),
        CAPITAL('A', 26),
        DIGIT('0', 10);

        private final char first;
        private final int count;

        Alphabet(char first, int count) {
            this.first = first;
            this.count = count;
        }
    }
}
