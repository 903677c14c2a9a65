package airworthy.mocks.platform.gateway;

import com.fasterxml.jackson.annotation.JsonFormat;
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
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code gateway.yaml}.
 *
 * @param tenants who may ask for which models
 * @param routes which service serves which model
 * @param balancing how replicas are chosen
 * @param budgets what tenants may spend; who is in none may spend anything
 * @param metering which answers' tokens are booked
 * @param formerKeys keys that were good once, by name
 */
public record GatewayConfig(
        @JsonProperty(required = true) Map<String, Tenant> tenants,
        @JsonProperty(required = true) List<Route> routes,
        @JsonProperty(required = true) Balancing balancing,
        @Nullable List<Budget> budgets,
        @Nullable Metering metering,
        @Nullable Map<String, FormerKey> formerKeys) {

    /**
     * A key that was good once.
     *
     * @param tenant whose it was
     * @param revoked whether it was taken back
     * @param expires when it ends by itself, if it does
     */
    public record FormerKey(
            @JsonProperty(required = true) String tenant,
            boolean revoked,
            @Nullable Instant expires) {}

    /**
     * Which answers' tokens are booked.
     *
     * @param streams whether those of streams are
     */
    public record Metering(@JsonProperty(required = true) boolean streams) {}

    /** What a tenant may use. */
    public record Tenant(@JsonProperty(required = true) List<String> models) {}

    /**
     * Where a model is served.
     *
     * @param services {@code namespace/name}; several where each replica has a Service of its own
     */
    public record Route(
            @JsonProperty(required = true) String model,

            @JsonProperty(value = "service", required = true)
            @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            List<String> services) {}

    /**
     * Reads the file.
     *
     * @param source the file's name, for messages
     * @throws IOException when it is no such file; the message names line and key
     */
    public static GatewayConfig read(String source, String yaml) throws IOException {
        ObjectMapper mapper = new ObjectMapper(new YAMLFactory())
                .registerModule(new SimpleModule().addDeserializer(Duration.class, new ShortDuration()))
                .registerModule(new SimpleModule().addDeserializer(Instant.class, new IsoInstant()));
        try {
            return mapper.readValue(yaml, GatewayConfig.class);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new IOException("%s:%d: %s".formatted(source, line, e.getOriginalMessage()), e);
        }
    }

    /** The names of all keys: each tenant's, and those that were good once. */
    public Set<String> keyNames() {
        Set<String> names = new TreeSet<>(tenants.keySet());
        names.addAll(former().keySet());
        return names;
    }

    Map<String, FormerKey> former() {
        return formerKeys == null ? Map.of() : formerKeys;
    }

    List<Budget> purses() {
        return budgets == null ? List.of() : budgets;
    }

    boolean metersStreams() {
        return metering == null || metering.streams();
    }

    Optional<Route> route(String model) {
        return routes.stream().filter(route -> route.model().equals(model)).findFirst();
    }

    boolean allows(String tenant, String model) {
        Tenant known = tenants.get(tenant);
        return known != null && known.models().contains(model);
    }

    /** Reads {@code 2026-01-31T12:00:00Z}. */
    private static final class IsoInstant extends StdDeserializer<Instant> {

        private static final long serialVersionUID = 1L;

        IsoInstant() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            try {
                return Instant.parse(parser.getText());
            } catch (DateTimeParseException e) {
                return (Instant) context.handleWeirdStringValue(
                        Instant.class, parser.getText(), "expected an instant such as 2026-01-31T12:00:00Z");
            }
        }
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
