package airworthy.probes.http;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Reads an API's answer.
 *
 * @param <T> what it says
 */
@FunctionalInterface
public interface Decoder<T> {
    T decode(JsonNode answer) throws UnexpectedAnswerException;
}
