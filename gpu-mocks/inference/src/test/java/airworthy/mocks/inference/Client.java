package airworthy.mocks.inference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** A plain client of one server. */
record Client(URI server, HttpClient http) {

    Client(ModelServer server) {
        this(server.uri(), HttpClient.newHttpClient());
    }

    static String chat(int maxTokens, boolean stream) {
        return """
            {"model": "chat", "max_tokens": %d, "stream": %s, "stream_options": {"include_usage": true},
             "messages": [{"role": "user", "content": "how far is the moon"}]}\
            """.formatted(maxTokens, stream);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, "", HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send("POST", path, body, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    HttpResponse<String> put(String path, String body) throws IOException, InterruptedException {
        return send("PUT", path, body, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    void pull(Lever lever, double value) throws IOException, InterruptedException {
        HttpResponse<String> response = put("/admin/levers/" + lever.key(), "{\"value\": " + value + "}");
        if (response.statusCode() != 200) {
            throw new IOException("lever refused: " + response.body());
        }
    }

    Stream stream(String body) throws IOException, InterruptedException {
        return stream(body, events -> {});
    }

    /** Streams an answer to its end; {@code onEvent} is told how many events have come. */
    Stream stream(String body, IntConsumer onEvent) throws IOException, InterruptedException {
        long asked = System.nanoTime();
        HttpResponse<InputStream> response =
                send("POST", "/v1/chat/completions", body, HttpResponse.BodyHandlers.ofInputStream());
        long headers = System.nanoTime();
        List<String> events = new ArrayList<>();
        List<Long> stamps = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data: ")) {
                    stamps.add(System.nanoTime());
                    events.add(line.substring("data: ".length()));
                    onEvent.accept(events.size());
                }
            }
        }
        return new Stream(asked, headers, events, stamps);
    }

    <T> HttpResponse<T> send(String method, String path, String body, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, handler);
    }

    static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One streamed answer with {@link System#nanoTime()} stamps. */
    record Stream(long asked, long headers, List<String> events, List<Long> stamps) {

        String text() {
            StringBuilder text = new StringBuilder();
            for (String event : events) {
                if (event.startsWith("{")) {
                    text.append(json(event)
                            .path("choices")
                            .path(0)
                            .path("delta")
                            .path("content")
                            .asText());
                }
            }
            return text.toString();
        }
    }
}
