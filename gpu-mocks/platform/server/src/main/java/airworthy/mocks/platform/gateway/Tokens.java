package airworthy.mocks.platform.gateway;

import com.fasterxml.jackson.databind.JsonNode;

/** Tokens of one request, as the model server counts them. */
record Tokens(int prompt, int completion) {

    static final Tokens NONE = new Tokens(0, 0);

    static Tokens of(JsonNode usage) {
        return new Tokens(
                usage.path("prompt_tokens").asInt(),
                usage.path("completion_tokens").asInt());
    }
}
