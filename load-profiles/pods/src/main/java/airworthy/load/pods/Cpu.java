package airworthy.load.pods;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * An amount of processor.
 *
 * @param text as Kubernetes writes it
 * @param cores above zero
 */
public record Cpu(String text, BigDecimal cores) {
    private static final String FORM = "\\d{1,6}(m|\\.\\d{1,3})?";

    /** What {@link #of} takes, for messages. */
    public static final String EXPECTED = "processor above zero such as 500m or 2";

    /** Reads one; empty if it is none. */
    public static Optional<Cpu> of(String text) {
        if (!text.matches(FORM)) {
            return Optional.empty();
        }
        BigDecimal cores = text.endsWith("m")
                ? new BigDecimal(text.substring(0, text.length() - 1)).movePointLeft(3)
                : new BigDecimal(text);
        return cores.signum() > 0 ? Optional.of(new Cpu(text, cores)) : Optional.empty();
    }

    /** This, or a least amount if it is less. */
    String atLeast(String least) {
        return cores.compareTo(new BigDecimal(least)) < 0 ? least : text;
    }
}
