package airworthy.mocks.kubernetes.control;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The order of versions and of quantities as Kubernetes writes them. Texts are checked before they are compared. */
final class Ordered {
    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+");
    private static final Pattern DOT = Pattern.compile("\\.");
    private static final Pattern QUANTITY = Pattern.compile("(\\d+(?:\\.\\d+)?)(Ki|Mi|Gi|Ti|k|M|G|T)?");
    private static final Map<String, BigDecimal> UNITS = Map.of(
            "", BigDecimal.ONE,
            "Ki", BigDecimal.valueOf(1L << 10),
            "Mi", BigDecimal.valueOf(1L << 20),
            "Gi", BigDecimal.valueOf(1L << 30),
            "Ti", BigDecimal.valueOf(1L << 40),
            "k", BigDecimal.valueOf(1_000),
            "M", BigDecimal.valueOf(1_000_000),
            "G", BigDecimal.valueOf(1_000_000_000),
            "T", BigDecimal.valueOf(1_000_000_000_000L));

    private Ordered() {}

    static boolean isVersion(String text) {
        return VERSION.matcher(text).matches();
    }

    static boolean isQuantity(String text) {
        return QUANTITY.matcher(text).matches();
    }

    /** Compares by major, minor and patch. */
    static int versions(String left, String right) {
        return Arrays.compare(numbers(left), numbers(right));
    }

    static BigDecimal quantity(String text) {
        Matcher parts = QUANTITY.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("quantity: found '" + text + "', expected a number such as '40Gi'");
        }
        String unit = parts.group(2) == null ? "" : parts.group(2);
        return new BigDecimal(parts.group(1)).multiply(UNITS.getOrDefault(unit, BigDecimal.ONE));
    }

    private static long[] numbers(String version) {
        return DOT.splitAsStream(version).mapToLong(Long::parseLong).toArray();
    }
}
