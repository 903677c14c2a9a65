package airworthy.mocks.devices;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Reads and sets the levers of one node and its GPUs, such as {@code libraryVersion} and {@code gpu-3.lost}, in the same JSON
 * as the model server's.
 */
final class LeverPages implements Page.Source {

    private static final String LIBRARY = "libraryVersion";

    private final String path;
    private final Accelerators accelerators;

    /**
     * @param path where the levers are served
     */
    LeverPages(String path, Accelerators accelerators) {
        this.path = path;
        this.accelerators = accelerators;
    }

    @Override
    public Page answer(HttpExchange exchange, byte[] body) throws Refusal {
        String name =
                exchange.getRequestURI().getPath().substring(path.length()).replaceFirst("^/", "");
        if (name.isEmpty()) {
            Page.method(exchange, "GET");
            return Page.json(200, all());
        }
        if (name.equals(LIBRARY)) {
            return library(exchange, body);
        }
        Lever lever = lever(name).orElseThrow(() -> new Refusal(404, unknown(name)));
        if (exchange.getRequestMethod().equals("GET")) {
            return position(200, accelerators.position(lever.gpu(), lever.kind()));
        }
        Page.method(exchange, "PUT");
        JsonNode wish = read(body);
        double value =
                number(wish, "value").orElseThrow(() -> new Refusal(400, "value: found nothing, expected a number"));
        return switch (accelerators.move(lever.gpu(), lever.kind(), value, number(wish, "expect"))) {
            case LeverOutcome.Set<Double>(Double position) -> position(200, position);
            case LeverOutcome.Elsewhere<Double>(Double position) -> position(409, position);
            case LeverOutcome.Refused<Double>(String why) -> throw new Refusal(400, why);
        };
    }

    private Page library(HttpExchange exchange, byte[] body) throws Refusal {
        if (exchange.getRequestMethod().equals("GET")) {
            return position(200, accelerators.nvml().libraryVersion());
        }
        Page.method(exchange, "PUT");
        JsonNode wish = read(body);
        String value =
                text(wish, "value").orElseThrow(() -> new Refusal(400, "value: found nothing, expected a version"));
        return switch (accelerators.installLibrary(value, text(wish, "expect"))) {
            case LeverOutcome.Set<String>(String version) -> position(200, version);
            case LeverOutcome.Elsewhere<String>(String version) -> position(409, version);
            case LeverOutcome.Refused<String>(String why) -> throw new Refusal(400, why);
        };
    }

    private ObjectNode all() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.put(LIBRARY, accelerators.nvml().libraryVersion());
        for (Gpu gpu : accelerators.gpus()) {
            for (DeviceLever kind : DeviceLever.values()) {
                all.put(new Lever(gpu, kind).name(), accelerators.position(gpu, kind));
            }
        }
        return all;
    }

    private Optional<Lever> lever(String name) {
        return accelerators.gpus().stream()
                .flatMap(gpu -> Arrays.stream(DeviceLever.values()).map(kind -> new Lever(gpu, kind)))
                .filter(lever -> lever.name().equals(name))
                .findFirst();
    }

    private String unknown(String name) {
        return "lever: found %s, expected libraryVersion or <gpu>.<lever> with one of %s and one of %s"
                .formatted(
                        name,
                        accelerators.gpus().stream().map(Gpu::name).toList(),
                        Arrays.stream(DeviceLever.values())
                                .map(DeviceLever::key)
                                .toList());
    }

    private static Page position(int status, double value) {
        return Page.json(status, JsonNodeFactory.instance.objectNode().put("value", value));
    }

    private static Page position(int status, String value) {
        return Page.json(status, JsonNodeFactory.instance.objectNode().put("value", value));
    }

    private static Optional<String> text(JsonNode wish, String field) throws Refusal {
        JsonNode node = wish.path(field);
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        if (!node.isTextual()) {
            throw new Refusal(400, "%s: found %s, expected a version in quotes".formatted(field, node));
        }
        return Optional.of(node.asText());
    }

    private static JsonNode read(byte[] body) throws Refusal {
        try {
            return new ObjectMapper().readTree(body);
        } catch (IOException e) {
            throw new Refusal(400, "body: found " + e.getMessage() + ", expected a JSON object");
        }
    }

    private static OptionalDouble number(JsonNode wish, String field) throws Refusal {
        JsonNode node = wish.path(field);
        if (node.isMissingNode()) {
            return OptionalDouble.empty();
        }
        if (!node.isNumber()) {
            throw new Refusal(400, "%s: found %s, expected a number".formatted(field, node));
        }
        return OptionalDouble.of(node.asDouble());
    }

    private record Lever(Gpu gpu, DeviceLever kind) {
        String name() {
            return gpu.name() + "." + kind.key();
        }
    }
}
