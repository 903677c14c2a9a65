package airworthy.probes.http;

import airworthy.probes.Reading;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Reads web resources and tells present, absent and unreadable apart: a 404 is absent; no connection, no answer in time,
 * any other status and anything that is not what was asked for are unreadable. Every read ends within the caller's
 * limits, redirects included. Thread-safe.
 */
public final class HttpReads {
    private static final int MAX_BYTES = 16 * 1024 * 1024;
    private static final int MAX_REDIRECTS = 3;

    private final HttpCaller caller;
    private final ObjectMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    public HttpReads(HttpCaller caller) {
        this.caller = caller;
    }

    /** Reads a JSON document. */
    public Reading<JsonNode> json(URI uri) throws InterruptedException {
        return parsed(uri, text(uri));
    }

    /** Reads a JSON document with a bearer token, which no message repeats. Redirects are not followed. */
    public Reading<JsonNode> json(URI uri, String bearer) throws InterruptedException {
        return parsed(
                uri,
                document(
                        uri,
                        call(
                                uri,
                                request -> request.header("Authorization", "Bearer " + bearer),
                                MAX_BYTES,
                                caller.limits().answer())));
    }

    /** Reads a document as UTF-8, of at most 16 MiB. */
    public Reading<String> text(URI uri) throws InterruptedException {
        return document(uri, page(uri, MAX_BYTES));
    }

    /**
     * Fetches whatever is there, following up to three redirects: present if an answer came, unreadable if none.
     *
     * @param maxBytes what is longer is cut
     */
    public Reading<Page> page(URI uri, int maxBytes) throws InterruptedException {
        long deadline = System.nanoTime() + caller.limits().answer().toNanos();
        URI at = uri;
        Reading<Page> page =
                call(at, UnaryOperator.identity(), maxBytes, caller.limits().answer());
        for (int hop = 0; hop < MAX_REDIRECTS; hop++) {
            Optional<URI> next = redirect(at, page);
            if (next.isEmpty()) {
                break;
            }
            at = next.get();
            page = call(at, UnaryOperator.identity(), maxBytes, Duration.ofNanos(deadline - System.nanoTime()));
        }
        return page;
    }

    private Reading<Page> call(URI uri, UnaryOperator<HttpRequest.Builder> asking, int maxBytes, Duration limit)
            throws InterruptedException {
        return switch (caller.call(uri, asking, info -> new HeadOfBody(maxBytes), limit)) {
            case CallResult.Answered<HeadOfBody.Head>(HttpResponse<HeadOfBody.Head> response) ->
                new Reading.Present<>(new Page(
                        response.statusCode(),
                        response.body().text(),
                        response.body().whole(),
                        response.headers().firstValue("Location")));
            case CallResult.Broken<HeadOfBody.Head>(String why) -> new Reading.Unreadable<>(why);
            case CallResult.TimedOut<HeadOfBody.Head>(String why) -> new Reading.Unreadable<>(why);
        };
    }

    private static Optional<URI> redirect(URI from, Reading<Page> page) {
        return page instanceof Reading.Present<Page>(Page answer) && answer.status() / 100 == 3
                ? answer.location().flatMap(HttpReads::address).map(from::resolve)
                : Optional.empty();
    }

    private static Optional<URI> address(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty(); // a redirect to nowhere is told by its status
        }
    }

    private static Reading<String> document(URI uri, Reading<Page> page) {
        return switch (page) {
            case Reading.Absent<Page>(String how) -> new Reading.Absent<>(how);
            case Reading.Unreadable<Page>(String why) -> new Reading.Unreadable<>(why);
            case Reading.Present<Page>(Page answer) -> answer.document("GET " + uri);
        };
    }

    private Reading<JsonNode> parsed(URI uri, Reading<String> text) {
        return switch (text) {
            case Reading.Absent<String>(String how) -> new Reading.Absent<>(how);
            case Reading.Unreadable<String>(String why) -> new Reading.Unreadable<>(why);
            case Reading.Present<String>(String value) -> {
                try {
                    yield new Reading.Present<>(mapper.readTree(value));
                } catch (JsonProcessingException e) {
                    yield new Reading.Unreadable<>("GET " + uri + ": expected JSON, found " + Page.quoted(value));
                }
            }
        };
    }
}
