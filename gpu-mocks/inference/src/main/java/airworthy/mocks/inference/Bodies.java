package airworthy.mocks.inference;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The JSON of one answer: its chunks when streamed, or the whole.
 *
 * @param createdSeconds Unix time of the request
 */
record Bodies(CompletionRequest request, String id, long createdSeconds) {

    /** Returns vLLM's opening chunk, which names the role and says nothing. */
    ObjectNode role() {
        ObjectNode chunk = chunk();
        ObjectNode choice = choice(chunk);
        choice.putObject("delta").put("role", "assistant").put("content", "");
        choice.putNull("finish_reason");
        return chunk;
    }

    ObjectNode content(String token) {
        ObjectNode chunk = chunk();
        ObjectNode choice = choice(chunk);
        if (request.chat()) {
            choice.putObject("delta").put("content", token);
        } else {
            choice.put("text", token);
        }
        choice.putNull("finish_reason");
        return chunk;
    }

    ObjectNode finish(Finish why) {
        ObjectNode chunk = content("");
        ((ObjectNode) chunk.path("choices").path(0)).put("finish_reason", why.word());
        return chunk;
    }

    ObjectNode usage(Usage usage) {
        ObjectNode chunk = chunk();
        chunk.putArray("choices");
        put(chunk, usage);
        return chunk;
    }

    ObjectNode whole(String text, Finish why, Usage usage) {
        ObjectNode body = head(request.chat() ? "chat.completion" : "text_completion");
        ObjectNode choice = choice(body);
        if (request.chat()) {
            choice.putObject("message").put("role", "assistant").put("content", text);
        } else {
            choice.put("text", text);
        }
        choice.put("finish_reason", why.word());
        put(body, usage);
        return body;
    }

    private ObjectNode chunk() {
        return head(request.chat() ? "chat.completion.chunk" : "text_completion");
    }

    private ObjectNode head(String object) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("object", object)
                .put("created", createdSeconds)
                .put("model", request.model());
    }

    private static ObjectNode choice(ObjectNode body) {
        return body.putArray("choices").addObject().put("index", 0);
    }

    private static void put(ObjectNode body, Usage usage) {
        ObjectNode node = body.putObject("usage");
        node.put("prompt_tokens", usage.promptTokens());
        node.put("completion_tokens", usage.completionTokens());
        node.put("total_tokens", usage.promptTokens() + usage.completionTokens());
        node.putObject("prompt_tokens_details").put("cached_tokens", 0);
    }
}
