package airworthy.mocks.platform.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;

/**
 * Reads an answer while it passes: when tokens come, and what was used. Never alters it. Used by one thread.
 *
 * <p>Counts only events with text as tokens: opening, closing and usage events come together with others, and their gaps
 * would say that a replica is fast.
 */
final class AnswerReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final StreamWatch watch;
    private final boolean streamed;
    private final long askedNanos;
    private final StringBuilder pending = new StringBuilder();
    private boolean begun;
    private long lastTokenNanos;
    private int tokens;
    private Tokens usage = Tokens.NONE;

    AnswerReader(StreamWatch watch, boolean streamed, long askedNanos) {
        this.watch = watch;
        this.streamed = streamed;
        this.askedNanos = askedNanos;
    }

    void read(byte[] bytes, int count, long nowNanos) {
        if (!begun && streamed) {
            watch.firstByte(nowNanos - askedNanos);
        }
        begun = true;
        pending.append(new String(bytes, 0, count, StandardCharsets.UTF_8));
        if (streamed) {
            int from = 0;
            for (int end = pending.indexOf("\n\n"); end >= 0; end = pending.indexOf("\n\n", from)) {
                event(pending.substring(from, end), nowNanos);
                from = end + 2;
            }
            pending.delete(0, from);
        }
    }

    /** Returns what was used: as the model server said, else the tokens that were seen. */
    Tokens used() {
        if (!streamed && begun) {
            readUsage(pending.toString());
        }
        return usage.equals(Tokens.NONE) ? new Tokens(0, tokens) : usage;
    }

    private void event(String event, long nowNanos) {
        if (event.contains("\"usage\":{")) {
            readUsage(event.substring(event.indexOf('{')));
        }
        if (hasText(event, "\"content\":\"") || hasText(event, "\"text\":\"")) {
            tokens++;
            if (lastTokenNanos != 0) {
                watch.gap(nowNanos - lastTokenNanos);
            }
            lastTokenNanos = nowNanos;
        }
    }

    private static boolean hasText(String event, String field) {
        int at = event.indexOf(field);
        return at >= 0 && event.charAt(at + field.length()) != '"';
    }

    private void readUsage(String json) {
        try {
            usage = Tokens.of(JSON.readTree(json).path("usage"));
        } catch (JsonProcessingException e) {
            // What is no JSON is passed on as it is; it only says nothing about tokens.
            usage = Tokens.NONE;
        }
    }
}
