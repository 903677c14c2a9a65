package airworthy.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Everything that one request of the load lived through. All stamps are monotonic nanoseconds of one clock.
 *
 * @param stream the stream of load that it belongs to, for example {@code SRV-4/target}
 * @param number its place in that stream's schedule, from 0
 * @param outcome how it ended
 * @param status the HTTP status, if a response began
 * @param replica the replica that the response named, if it did
 * @param intendedNs when the schedule wanted it sent
 * @param startNs when it was handed to a free sender; empty if skipped
 * @param writeNs when its bytes were written
 * @param headersNs when the response's headers came
 * @param contentNs when each event with content came
 * @param endNs when it ended
 * @param completionTokens the server's own count, from {@code usage}
 * @param correct whether the answer was the expected one, where one is known
 * @param detail an error's text, a Retry-After; empty if there is nothing to say
 * @param promptTokens the server's own count of the prompt, from {@code usage}
 */
public record RequestRecord(
        String stream,
        long number,
        RequestOutcome outcome,
        OptionalInt status,
        Optional<String> replica,
        long intendedNs,
        OptionalLong startNs,
        OptionalLong writeNs,
        OptionalLong headersNs,
        List<Long> contentNs,
        long endNs,
        OptionalInt completionTokens,
        Optional<Boolean> correct,
        String detail,
        OptionalInt promptTokens) {
    public RequestRecord {
        contentNs = List.copyOf(contentNs);
    }

    /** Of a request whose prompt nobody counted. */
    public RequestRecord(
            String stream,
            long number,
            RequestOutcome outcome,
            OptionalInt status,
            Optional<String> replica,
            long intendedNs,
            OptionalLong startNs,
            OptionalLong writeNs,
            OptionalLong headersNs,
            List<Long> contentNs,
            long endNs,
            OptionalInt completionTokens,
            Optional<Boolean> correct,
            String detail) {
        this(
                stream,
                number,
                outcome,
                status,
                replica,
                intendedNs,
                startNs,
                writeNs,
                headersNs,
                contentNs,
                endNs,
                completionTokens,
                correct,
                detail,
                OptionalInt.empty());
    }

    /** What the server said that prompt and answer used together; empty unless it said both. */
    public OptionalLong tokens() {
        return promptTokens.isPresent() && completionTokens.isPresent()
                ? OptionalLong.of((long) promptTokens.getAsInt() + completionTokens.getAsInt())
                : OptionalLong.empty();
    }

    /** Time from the intended start to the first content, which counts the generator's own lag against the answer. */
    public OptionalLong firstTokenNs() {
        return contentNs.isEmpty() ? OptionalLong.empty() : OptionalLong.of(contentNs.getFirst() - intendedNs);
    }

    /** Time between one content event and the next; a gap open when the request ended is not among them. */
    public LongStream gapsNs() {
        return gapsNs(Long.MAX_VALUE);
    }

    /**
     * The same of what had come by an instant.
     *
     * @param untilNs monotonic
     */
    public LongStream gapsNs(long untilNs) {
        return IntStream.range(1, contentNs.size())
                .filter(i -> contentNs.get(i) <= untilNs)
                .mapToLong(i -> contentNs.get(i) - contentNs.get(i - 1));
    }

    /** How late the generator was: from the intended start to the hand-over. */
    public OptionalLong lagNs() {
        return startNs.isPresent() ? OptionalLong.of(startNs.getAsLong() - intendedNs) : OptionalLong.empty();
    }
}
