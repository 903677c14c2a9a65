package airworthy.load.gatling;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What an OpenAI-shaped stream has said so far. Reads tokens of JSON, builds no tree: there is an event for every token
 * of every answer. For one stream and one thread.
 */
final class ChatAnswer {

    /** What one event was. */
    enum Said {
        /** Something that a user can see. */
        CONTENT,
        /** The end mark {@code [DONE]}. */
        END_MARK,
        /** An error object, or something unreadable. */
        ERROR,
        /** A role, a finish reason, usage. */
        NOTHING
    }

    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] END_MARK = "[DONE]".getBytes(StandardCharsets.US_ASCII);
    private static final Set<String> VISIBLE = Set.of("content", "reasoning_content", "reasoning", "refusal", "text");
    private static final int LONGEST_ERROR = 500;

    /** Characters of an answer, beyond which none is looked for that is known: memory is bounded. */
    private static final int LONGEST_KEPT = 100_000;

    private final boolean kept;
    private final StringBuilder text = new StringBuilder();
    private boolean finishReason;
    private boolean endMark;
    private boolean content;
    private boolean failed;
    private String error = "";
    private OptionalInt promptTokens = OptionalInt.empty();
    private OptionalInt completionTokens = OptionalInt.empty();

    /**
     * Of a stream that has not begun.
     *
     * @param kept whether its text is wanted
     */
    ChatAnswer(boolean kept) {
        this.kept = kept;
    }

    /** Whether what was said so far, thoughts included, contains a text, whatever its case. Only of one that is kept. */
    boolean contains(String expected) {
        return text.toString().toLowerCase(Locale.ROOT).contains(expected.toLowerCase(Locale.ROOT));
    }

    /** Reads the data of one event. */
    Said accept(byte[] data, int length) {
        if (Arrays.equals(data, 0, length, END_MARK, 0, END_MARK.length)) {
            endMark = true;
            return Said.END_MARK;
        }
        content = false;
        try (JsonParser in = JSON.createParser(data, 0, length)) {
            event(in);
        } catch (IOException _) {
            failed = true;
        }
        if (failed) {
            error = new String(data, 0, Math.min(length, LONGEST_ERROR), StandardCharsets.UTF_8);
            return Said.ERROR;
        }
        return content ? Said.CONTENT : Said.NOTHING;
    }

    /** Whether the stream said why it ended. */
    boolean finishReason() {
        return finishReason;
    }

    /** Whether the end mark came. */
    boolean endMark() {
        return endMark;
    }

    /** The event that was an error, cut short. */
    String error() {
        return error;
    }

    /** The server's own count, if it sent one. */
    OptionalInt completionTokens() {
        return completionTokens;
    }

    /** The server's own count of the prompt, if it sent one. */
    OptionalInt promptTokens() {
        return promptTokens;
    }

    private void event(JsonParser in) throws IOException {
        if (in.nextToken() != JsonToken.START_OBJECT) {
            failed = true;
            return;
        }
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String field = in.currentName();
            JsonToken value = in.nextToken();
            switch (field) {
                case "error" -> failed |= value != JsonToken.VALUE_NULL;
                case "object" -> failed |= "error".equals(in.getText());
                case "choices" -> choices(in);
                case "usage" -> usage(in);
                default -> {}
            }
            in.skipChildren();
        }
    }

    private void choices(JsonParser in) throws IOException {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            return;
        }
        while (in.nextToken() == JsonToken.START_OBJECT) {
            choice(in);
        }
    }

    private void choice(JsonParser in) throws IOException {
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String field = in.currentName();
            JsonToken value = in.nextToken();
            if (field.equals("finish_reason")) {
                finishReason |= value == JsonToken.VALUE_STRING;
            } else if (field.equals("delta") && value == JsonToken.START_OBJECT) {
                delta(in);
            } else {
                visible(in, field, value);
            }
        }
    }

    private void delta(JsonParser in) throws IOException {
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            visible(in, in.currentName(), in.nextToken());
        }
    }

    private void visible(JsonParser in, String field, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            boolean seen = VISIBLE.contains(field) && in.getTextLength() > 0;
            content |= seen;
            if (kept && seen && text.length() < LONGEST_KEPT) {
                text.append(in.getTextCharacters(), in.getTextOffset(), in.getTextLength());
            }
        } else if (value == JsonToken.START_ARRAY || value == JsonToken.START_OBJECT) {
            in.skipChildren();
            content |= field.equals("tool_calls");
        }
    }

    private void usage(JsonParser in) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            return;
        }
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String field = in.currentName();
            if (in.nextToken() == JsonToken.VALUE_NUMBER_INT) {
                switch (field) {
                    case "prompt_tokens" -> promptTokens = OptionalInt.of(in.getIntValue());
                    case "completion_tokens" -> completionTokens = OptionalInt.of(in.getIntValue());
                    default -> {}
                }
            }
            in.skipChildren();
        }
    }
}
