package airworthy.mocks.platform.gateway;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What tenants may spend in a window; when it is spent, they are refused until the next window. Windows are those of the
 * clock: one begins at each multiple of their length.
 *
 * @param of the tenants who spend it, together where they are several
 * @param tokens of prompts and answers, if tokens are counted
 * @param requests if requests are counted instead
 * @param per how long a window is
 */
public record Budget(
        @JsonProperty(required = true) List<String> of,
        @Nullable Long tokens,
        @Nullable Long requests,
        @JsonProperty(required = true) Duration per) {

    public Budget {
        of = List.copyOf(of);
        if ((tokens == null) == (requests == null) || of.isEmpty() || !per.isPositive()) {
            throw new IllegalArgumentException(
                    "budgets: expected tenants, tokens or requests, and a window, for example {of: [a], tokens: 600000,"
                            + " per: 10m}");
        }
    }

    /** The most that may be spent in a window. */
    long limit() {
        return tokens == null ? (requests == null ? 0 : requests) : tokens;
    }

    /** What an answer costs. */
    long cost(Tokens used) {
        return tokens == null ? 1 : (long) used.prompt() + used.completion();
    }
}
