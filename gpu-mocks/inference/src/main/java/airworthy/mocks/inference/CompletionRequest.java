package airworthy.mocks.inference;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * One request for an answer.
 *
 * @param chat whether it came as a conversation; else as bare text
 * @param length tokens to give
 * @param lengthAsked whether the client named the length
 */
record CompletionRequest(
        boolean chat,
        String model,
        String prompt,
        boolean stream,
        boolean includeUsage,
        int length,
        boolean lengthAsked) {

    private static final int LONGEST = 32_768;

    /**
     * Reads a request body.
     *
     * @throws ApiError 400 when a field is missing or out of range
     */
    static CompletionRequest read(JsonNode body, boolean chat, int defaultLength) throws ApiError {
        String model = body.path("model").asText();
        if (model.isEmpty()) {
            throw ApiError.badRequest("model", "model: found nothing, expected the name of a model");
        }
        JsonNode asked =
                body.hasNonNull("max_completion_tokens") ? body.get("max_completion_tokens") : body.path("max_tokens");
        boolean lengthAsked = !asked.isMissingNode() && !asked.isNull();
        int length = lengthAsked ? asked.asInt() : defaultLength;
        if (length < 1 || length > LONGEST) {
            throw ApiError.badRequest(
                    "max_tokens", "max_tokens: found %s, expected a number from 1 to %d".formatted(asked, LONGEST));
        }
        return new CompletionRequest(
                chat,
                model,
                chat ? conversation(body.path("messages")) : text(body.path("prompt")),
                body.path("stream").asBoolean(),
                body.path("stream_options").path("include_usage").asBoolean(),
                length,
                lengthAsked);
    }

    private static String conversation(JsonNode messages) throws ApiError {
        if (!messages.isArray() || messages.isEmpty()) {
            throw ApiError.badRequest("messages", "messages: found nothing, expected at least one message");
        }
        return StreamSupport.stream(messages.spliterator(), false)
                .map(message -> text(message.path("content")))
                .collect(Collectors.joining("\n"));
    }

    /** Returns a string as it is, and the text parts of a list one after the other. */
    private static String text(JsonNode content) {
        if (!content.isArray()) {
            return content.asText();
        }
        return StreamSupport.stream(content.spliterator(), false)
                .map(part ->
                        part.isTextual() ? part.asText() : part.path("text").asText())
                .collect(Collectors.joining(" "));
    }
}
