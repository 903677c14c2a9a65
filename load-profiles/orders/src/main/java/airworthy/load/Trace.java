package airworthy.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What others once asked of a service, as published: BurstGPT's CSV ({@code Timestamp,Model,Request tokens,Response tokens,...},
 * seconds), the CSV of Azure's LLM inference traces ({@code TIMESTAMP,ContextTokens,GeneratedTokens}, date and time) and
 * Mooncake's JSONL ({@code timestamp} in milliseconds, {@code input_length}, {@code output_length}). Known by its first line.
 *
 * @param requests by arrival, the first one at zero
 */
public record Trace(List<Request> requests) {

    /**
     * One request.
     *
     * @param offsetNs since the first one
     * @param shape tokens of its prompt, each of which becomes a word, and of its answer
     */
    public record Request(long offsetNs, Shape shape) {}

    private static final String AZURE = "TIMESTAMP,ContextTokens,GeneratedTokens";
    private static final List<String> BURST_GPT = List.of("Timestamp", "Model", "Request tokens", "Response tokens");

    private static final DateTimeFormatter DATE_AND_TIME = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .toFormatter(Locale.ROOT);

    public Trace {
        if (requests.isEmpty()) {
            throw new IllegalArgumentException("found no request");
        }
        List<Request> sorted = new ArrayList<>(requests);
        sorted.sort(Comparator.comparingLong(Request::offsetNs));
        long first = sorted.getFirst().offsetNs();
        requests = sorted.stream()
                .map(request -> new Request(request.offsetNs() - first, request.shape()))
                .toList();
    }

    /**
     * Reads a file.
     *
     * @throws IOException when there is none, or a line of it is no request; the message says where and what was expected
     */
    public static Trace read(Path file) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new IOException("trace: found no file " + file, e);
        }
        Line form = form(file, lines.isEmpty() ? "" : lines.getFirst());
        List<Request> requests = new ArrayList<>();
        for (int number = form.header() ? 1 : 0; number < lines.size(); number++) {
            String line = lines.get(number);
            if (!line.isBlank()) {
                try {
                    requests.add(form.request(line));
                } catch (IllegalArgumentException | DateTimeParseException | IndexOutOfBoundsException e) {
                    throw new IOException(
                            "%s:%d: found \"%s\", expected %s".formatted(file, number + 1, line, form.expected()), e);
                }
            }
        }
        if (requests.isEmpty()) {
            throw new IOException(file + ": found no request in it");
        }
        return new Trace(requests);
    }

    /** When its requests are wanted, so many times as fast as they came. */
    public Schedule schedule(double speed) {
        return new Schedule.Listed(requests.stream()
                .map(request -> Math.round(request.offsetNs() / speed))
                .toList());
    }

    /** From the first request to the last. */
    public Duration length() {
        return Duration.ofNanos(requests.getLast().offsetNs());
    }

    private static Line form(Path file, String first) throws IOException {
        List<String> columns = List.of(first.strip().split(",", -1));
        if (columns.size() >= BURST_GPT.size()
                && columns.subList(0, BURST_GPT.size()).equals(BURST_GPT)) {
            return new BurstGpt();
        }
        if (first.strip().equals(AZURE)) {
            return new Azure();
        }
        if (first.strip().startsWith("{")) {
            return new Mooncake(new ObjectMapper());
        }
        throw new IOException(
                "%s:1: found \"%s\", expected the columns of BurstGPT (%s,...), those of Azure's traces (%s), or Mooncake's objects ({\"timestamp\":..,\"input_length\":..,\"output_length\":..})"
                        .formatted(file, first, String.join(",", BURST_GPT), AZURE));
    }

    private static Request request(double seconds, long promptTokens, long answerTokens) {
        if (!(seconds >= 0) || promptTokens < 0 || answerTokens < 0) {
            throw new IllegalArgumentException("negative");
        }
        return new Request(
                Math.round(seconds * Schedule.NANOS_PER_SECOND),
                // a failed request has an answer of no tokens; what is asked has one at least
                new Shape(Math.max(1, Math.toIntExact(promptTokens)), Math.max(1, Math.toIntExact(answerTokens))));
    }

    /** How one format writes a request. */
    private sealed interface Line {
        boolean header();

        String expected();

        Request request(String line);
    }

    private record BurstGpt() implements Line {
        @Override
        public boolean header() {
            return true;
        }

        @Override
        public String expected() {
            return "seconds, a model, tokens of the prompt and of the answer, between commas";
        }

        @Override
        public Request request(String line) {
            String[] columns = line.split(",", -1);
            return Trace.request(
                    Double.parseDouble(columns[0]),
                    Long.parseLong(columns[2].strip()),
                    Long.parseLong(columns[3].strip()));
        }
    }

    private record Azure() implements Line {
        @Override
        public boolean header() {
            return true;
        }

        @Override
        public String expected() {
            return "date and time such as 2024-05-10 00:00:00.009930, tokens of the prompt and of the answer, between commas";
        }

        @Override
        public Request request(String line) {
            String[] columns = line.split(",", -1);
            // all of a file are in one zone, and only the time between them counts
            Instant at = LocalDateTime.parse(columns[0].strip(), DATE_AND_TIME).toInstant(ZoneOffset.UTC);
            return Trace.request(
                    ChronoUnit.MICROS.between(Instant.EPOCH, at) / 1e6,
                    Long.parseLong(columns[1].strip()),
                    Long.parseLong(columns[2].strip()));
        }
    }

    private record Mooncake(ObjectMapper json) implements Line {
        @Override
        public boolean header() {
            return false;
        }

        @Override
        public String expected() {
            return "an object with the numbers timestamp (ms), input_length and output_length";
        }

        @Override
        public Request request(String line) {
            try {
                JsonNode object = json.readTree(line);
                return Trace.request(
                        number(object, "timestamp").asDouble() / 1000,
                        number(object, "input_length").asLong(),
                        number(object, "output_length").asLong());
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(e.getOriginalMessage(), e);
            }
        }

        private static JsonNode number(JsonNode object, String key) {
            JsonNode value = object.path(key);
            if (!value.isNumber()) {
                throw new IllegalArgumentException(key);
            }
            return value;
        }
    }
}
