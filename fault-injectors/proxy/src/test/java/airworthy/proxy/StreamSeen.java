package airworthy.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** What a plain client saw of one streamed answer, event by event while it comes. */
final class StreamSeen {

    private static final JsonMapper JSON = new JsonMapper();

    private final long askedNanos = System.nanoTime();
    private final List<Long> stamps = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private int status;
    private int tokens;
    private boolean error;
    private boolean done;
    private String end = "";
    private final Thread reading;

    private StreamSeen(HttpClient http, HttpRequest request) {
        reading = Thread.ofVirtual().start(() -> read(http, request));
    }

    /** Asks for a stream of 20 tokens. */
    static StreamSeen ask(HttpClient http, URI server, String marker) {
        String body = """
            {"model": "m", "stream": true, "max_tokens": 20, "stream_options": {"include_usage": true},
             "messages": [{"role": "user", "content": "how far is the moon"}]}\
            """;
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve("/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        Chosen.Marked.parse(marker).ifPresent(header -> request.header(header.name(), header.value()));
        return new StreamSeen(http, request.build());
    }

    private void read(HttpClient http, HttpRequest request) {
        try {
            HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            synchronized (this) {
                status = answer.statusCode();
            }
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    hear(line);
                }
            }
            finish("clean");
        } catch (IOException e) {
            finish(isReset(e) ? "reset" : "cut");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isReset(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .anyMatch(each -> String.valueOf(each.getMessage())
                        .toLowerCase(Locale.ROOT)
                        .contains("reset"));
    }

    private synchronized void hear(String line) throws IOException {
        if (line.equals("data: [DONE]")) {
            done = true;
        } else if (line.startsWith("data: ")) {
            JsonNode event = JSON.readTree(line.substring("data: ".length()));
            error |= event.has("error");
            tokens = event.path("usage").path("completion_tokens").asInt(tokens);
            String word = event.at("/choices/0/delta/content").asText();
            if (!word.isEmpty()) {
                text.append(word);
                stamps.add(System.nanoTime());
                notifyAll();
            }
        }
    }

    private synchronized void finish(String how) {
        end = how;
        notifyAll();
    }

    /** Waits for so many tokens, or for the end. */
    synchronized boolean awaitTokens(int count, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (stamps.size() < count && end.isEmpty() && System.nanoTime() < deadline) {
            wait(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        }
        return stamps.size() >= count;
    }

    /** Waits for the end of the stream. */
    StreamSeen whole() throws InterruptedException {
        if (!reading.join(Duration.ofSeconds(30))) {
            finish("none within 30 s");
        }
        return this;
    }

    synchronized double gapMillis() {
        long[] gaps = new long[Math.max(0, stamps.size() - 1)];
        for (int at = 0; at < gaps.length; at++) {
            gaps[at] = stamps.get(at + 1) - stamps.get(at);
        }
        return gaps.length == 0
                ? 0
                : Arrays.stream(gaps).sorted().skip(gaps.length / 2).findFirst().orElse(0) / 1e6;
    }

    synchronized double firstMillis() {
        return stamps.isEmpty() ? 0 : (stamps.getFirst() - askedNanos) / 1e6;
    }

    synchronized String text() {
        return text.toString();
    }

    synchronized int tokens() {
        return tokens;
    }

    synchronized int events() {
        return stamps.size();
    }

    synchronized boolean ended(String how, boolean withDone, boolean withError) {
        return end.equals(how) && done == withDone && error == withError;
    }

    synchronized int status() {
        return status;
    }

    @Override
    public synchronized String toString() {
        return "%d, %d events, first %.0f ms, gap %.0f ms, %d tokens used, end %s%s%s"
                .formatted(
                        status,
                        stamps.size(),
                        firstMillis(),
                        gapMillis(),
                        tokens,
                        end.isEmpty() ? "not yet" : end,
                        done ? ", [DONE]" : "",
                        error ? ", error event" : "");
    }
}
