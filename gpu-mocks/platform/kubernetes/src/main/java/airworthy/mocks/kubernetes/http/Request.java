package airworthy.mocks.kubernetes.http;

import airworthy.mocks.kubernetes.registry.WriteMode;
import airworthy.mocks.kubernetes.store.ApiFailure;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An HTTP request, read to its end. */
record Request(
        String method, List<String> segments, Map<String, String> query, Map<String, String> headers, String body) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new YAMLMapper();
    private static final Pattern AND = Pattern.compile("&");

    static Request read(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
        List<String> segments = Arrays.stream(exchange.getRequestURI().getPath().split("/", -1))
                .filter(s -> !s.isEmpty())
                .toList();
        return new Request(
                exchange.getRequestMethod(),
                segments,
                query(exchange.getRequestURI().getRawQuery()),
                headers,
                body);
    }

    String parameter(String name) {
        return query.getOrDefault(name, "");
    }

    long number(String name) {
        try {
            return Long.parseLong(parameter(name));
        } catch (NumberFormatException e) {
            throw ApiFailure.badRequest(
                    "invalid " + name + ": found '" + parameter(name) + "', expected a whole number");
        }
    }

    boolean flag(String name) {
        String value = parameter(name);
        return value.equals("true") || value.equals("1");
    }

    /** A header by the JDK server's spelling of its name: first letter upper case, the rest lower. */
    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    WriteMode mode() {
        return parameter("dryRun").isEmpty() ? WriteMode.COMMIT : WriteMode.DRY_RUN;
    }

    /** The form of answer asked for by the first Accept entry that names one, such as {@code Table}. */
    Optional<String> form() {
        return Arrays.stream(header("Accept").split("[,;]", -1))
                .map(String::strip)
                .filter(p -> p.startsWith("as="))
                .map(p -> p.substring("as=".length()))
                .findFirst();
    }

    /** The body as JSON or YAML; missing where it is empty. */
    JsonNode json() {
        if (body.isEmpty()) {
            return MissingNode.getInstance();
        }
        if (header("Content-type").contains("protobuf")) {
            throw ApiFailure.unsupportedMediaType(
                    "found a protobuf body, expected JSON or YAML: this simulated API reads no"
                            + " protobuf; with kubectl use `create -f` or `apply -f` instead of a generator");
        }
        try {
            return (header("Content-type").contains("yaml") ? YAML : JSON).readTree(body);
        } catch (JsonProcessingException e) {
            throw ApiFailure.badRequest("the body of the request could not be read as JSON: " + e.getOriginalMessage());
        }
    }

    ObjectNode object() {
        if (json() instanceof ObjectNode object) {
            return object;
        }
        throw ApiFailure.badRequest("the body of the request is not an object");
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new HashMap<>();
        if (raw != null) {
            AND.splitAsStream(raw).filter(p -> !p.isEmpty()).forEach(p -> {
                int equals = p.indexOf('=');
                String name = equals < 0 ? p : p.substring(0, equals);
                String value = equals < 0 ? "" : p.substring(equals + 1);
                query.put(
                        URLDecoder.decode(name, StandardCharsets.UTF_8),
                        URLDecoder.decode(value, StandardCharsets.UTF_8));
            });
        }
        return query;
    }
}
