package airworthy.mocks.platform.gateway;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The content of {@code gateway.yaml}.
 *
 * @param tenants who may ask for which models
 * @param routes which service serves which model
 * @param balancing how replicas are chosen
 */
public record GatewayConfig(
        @JsonProperty(required = true) Map<String, Tenant> tenants,
        @JsonProperty(required = true) List<Route> routes,
        @JsonProperty(required = true) Balancing balancing) {

    /** What a tenant may use. */
    public record Tenant(@JsonProperty(required = true) List<String> models) {}

    /**
     * Where a model is served.
     *
     * @param service {@code namespace/name}
     */
    public record Route(
            @JsonProperty(required = true) String model,
            @JsonProperty(required = true) String service) {}

    /**
     * Reads the file.
     *
     * @param source the file's name, for messages
     * @throws IOException when it is no such file; the message names line and key
     */
    public static GatewayConfig read(String source, String yaml) throws IOException {
        ObjectMapper mapper = new ObjectMapper(new YAMLFactory())
                .registerModule(new SimpleModule().addDeserializer(Duration.class, new ShortDuration()));
        try {
            return mapper.readValue(yaml, GatewayConfig.class);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new IOException("%s:%d: %s".formatted(source, line, e.getOriginalMessage()), e);
        }
    }

    Optional<Route> route(String model) {
        return routes.stream().filter(route -> route.model().equals(model)).findFirst();
    }

    boolean allows(String tenant, String model) {
        Tenant known = tenants.get(tenant);
        return known != null && known.models().contains(model);
    }

    /** Reads {@code 500ms}, {@code 3s}, {@code 2m}. */
    private static final class ShortDuration extends StdDeserializer<Duration> {

        private static final long serialVersionUID = 1L;
        private static final Pattern SHAPE = Pattern.compile("(\\d+)(ms|s|m)");

        ShortDuration() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            Matcher matcher = SHAPE.matcher(parser.getText());
            if (!matcher.matches()) {
                return (Duration) context.handleWeirdStringValue(
                        Duration.class, parser.getText(), "expected a duration such as 500ms, 3s or 2m");
            }
            long amount = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                default -> Duration.ofMinutes(amount);
            };
        }
    }
}
