package airworthy.probes.http;

import airworthy.probes.Reading;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/**
 * A JSON API at a base address, path prefix included. A 404 of one of its own resources says that something else answers
 * there, so nothing is absent from it: it is unreadable. Thread-safe.
 *
 * @param name for messages, for example {@code Prometheus}
 * @param base with or without a slash at its end
 * @param reads how to read
 */
public record HttpApi(String name, URI base, HttpReads reads) {

    /**
     * Reads one resource.
     *
     * @param path below the base, beginning with a slash; query included
     */
    public <T> Reading<T> read(String path, Decoder<T> decoder) throws InterruptedException {
        URI uri = at(path);
        return switch (reads.json(uri)) {
            case Reading.Absent<JsonNode>(String how) ->
                new Reading.Unreadable<>(how + "; no " + name + " API is there, check the URL and its path prefix");
            case Reading.Unreadable<JsonNode>(String why) -> new Reading.Unreadable<>(why);
            case Reading.Present<JsonNode>(JsonNode answer) -> {
                try {
                    yield new Reading.Present<>(decoder.decode(answer));
                } catch (UnexpectedAnswerException e) {
                    yield new Reading.Unreadable<>("GET " + uri + ": " + e.getMessage());
                }
            }
        };
    }

    private URI at(String path) {
        String text = base.toString();
        return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + path);
    }
}
