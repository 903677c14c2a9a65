package airworthy.mocks.kubernetes.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The class of a pod by what its containers request of CPU and memory and by what limits them. */
final class QualityOfService {
    private static final List<String> COUNTED = List.of("cpu", "memory");
    private static final Pattern QUANTITY = Pattern.compile("(\\d+(?:\\.\\d+)?)([numkMGTPE]|[KMGTPE]i)?");
    private static final Map<String, BigDecimal> UNITS = Map.ofEntries(
            Map.entry("n", BigDecimal.ONE.movePointLeft(9)),
            Map.entry("u", BigDecimal.ONE.movePointLeft(6)),
            Map.entry("m", BigDecimal.ONE.movePointLeft(3)),
            Map.entry("", BigDecimal.ONE),
            Map.entry("k", BigDecimal.ONE.movePointRight(3)),
            Map.entry("M", BigDecimal.ONE.movePointRight(6)),
            Map.entry("G", BigDecimal.ONE.movePointRight(9)),
            Map.entry("T", BigDecimal.ONE.movePointRight(12)),
            Map.entry("P", BigDecimal.ONE.movePointRight(15)),
            Map.entry("E", BigDecimal.ONE.movePointRight(18)),
            Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
            Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
            Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
            Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
            Map.entry("Pi", BigDecimal.valueOf(1L << 50)),
            Map.entry("Ei", BigDecimal.valueOf(1L << 60)));

    private QualityOfService() {}

    /** Of a pod's spec whose requests are already completed from its limits. */
    static String of(JsonNode spec) {
        boolean anything = false;
        boolean guaranteed = true;
        for (String kind : List.of("initContainers", "containers")) {
            for (JsonNode container : spec.path(kind)) {
                for (String resource : COUNTED) {
                    BigDecimal limit =
                            quantity(container.at("/resources/limits").path(resource));
                    BigDecimal request =
                            quantity(container.at("/resources/requests").path(resource));
                    anything |= limit.signum() > 0 || request.signum() > 0;
                    guaranteed &= limit.signum() > 0 && limit.compareTo(request) == 0;
                }
            }
        }
        if (!anything) {
            return "BestEffort";
        }
        return guaranteed ? "Guaranteed" : "Burstable";
    }

    /** None declared is none; so is a text that is no quantity, which a real server refuses. */
    private static BigDecimal quantity(JsonNode declared) {
        Matcher parts = QUANTITY.matcher(declared.asText());
        if (!parts.matches()) {
            return BigDecimal.ZERO;
        }
        String unit = parts.group(2) == null ? "" : parts.group(2);
        return new BigDecimal(parts.group(1)).multiply(UNITS.getOrDefault(unit, BigDecimal.ONE));
    }
}
