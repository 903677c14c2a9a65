package airworthy.mocks.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Divides the budgets of gateway.yaml for a compressed run.
 *
 * <p>A window is a duration like those of rules, and is divided like them. Tokens cannot come faster for that: streams are
 * never compressed. So what may be spent in a window is divided alike, and a tenant's tokens per second stay what they are in
 * production.
 *
 * @param divisor by what both are divided, 1 or more
 */
record ScaledGateway(int divisor) {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|s|m)");

    String text(String gateway) throws IOException {
        JsonNode root = YAML.readTree(gateway);
        if (divisor == 1 || !(root instanceof ObjectNode) || !root.has("budgets")) {
            return gateway;
        }
        for (JsonNode each : root.path("budgets")) {
            if (each instanceof ObjectNode budget) {
                for (String counted : new String[] {"tokens", "requests"}) {
                    if (budget.path(counted).isIntegralNumber()) {
                        budget.put(counted, Math.max(1, budget.path(counted).asLong() / divisor));
                    }
                }
                budget.put("per", divided(budget.path("per").asText()));
            }
        }
        return YAML.writeValueAsString(root);
    }

    /** What is no duration is left, and refused where the file is read. */
    private String divided(String duration) {
        Matcher matcher = DURATION.matcher(duration);
        if (!matcher.matches()) {
            return duration;
        }
        long millis = Long.parseLong(matcher.group(1))
                * switch (matcher.group(2)) {
                    case "ms" -> 1;
                    case "s" -> 1_000;
                    default -> 60_000;
                };
        return Math.max(1, millis / divisor) + "ms";
    }
}
