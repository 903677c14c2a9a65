package airworthy.faults.resize;

import airworthy.probes.inference.TokenCost;
import java.time.Duration;
import java.util.Locale;

/**
 * How much processor time makes an engine about so many times slower. A token that takes 2 ms of a processor and is to come
 * every 200 ms may have 2 of 200 parts of one.
 *
 * <p>The kernel grants processor time in periods. Where a grant is enough for more than one token, they come in bursts with a
 * stall between them: nobody would call that slow tokens. So they are never slowed to less than a period and a quarter.
 */
sealed interface ProcessorLimit {
    /** In which the kernel grants processor time: what is used up is granted again only then. */
    Duration PERIOD = Duration.ofMillis(100);

    /** So that a grant is not enough for two tokens, even if a token takes somewhat less than was thought. */
    Duration FASTEST = PERIOD.plus(PERIOD.dividedBy(4));

    /** The kernel grants no less than 1 ms in each period. */
    int LEAST_MILLIS = 10;

    /** Where the least that can be granted is still too much, this part of the factor is about as good. */
    double ABOUT = 0.75;

    /** So many thousandths of a processor. */
    record Millis(int millis) implements ProcessorLimit {}

    /** No limit does it. */
    record None(String why) implements ProcessorLimit {}

    /**
     * The limit at which even a single answer's tokens take so many times as long.
     *
     * @param factor above 1
     */
    static ProcessorLimit of(TokenCost cost, double factor) {
        double processor = cost.processor().toNanos();
        double asked = cost.gap().toNanos() * factor;
        if (asked < PERIOD.toNanos() / 2.0) {
            return new None(String.format(
                    Locale.ROOT,
                    "tokens usually come every %.1f ms; %.1f times that is less than half a period of %d ms, in which the"
                            + " kernel grants processor time, so tokens would come in bursts, and not slowly",
                    cost.gap().toNanos() / 1e6,
                    factor,
                    PERIOD.toMillis()));
        }
        double slow = Math.max(asked, (double) FASTEST.toNanos());
        int millis = (int) (processor / slow * 1000);
        double least = LEAST_MILLIS / 1000.0;
        if (millis < LEAST_MILLIS && processor / least < slow * ABOUT) {
            return new None(String.format(
                    Locale.ROOT,
                    "a token takes %.2f ms of a processor (%s); %dm is the least that the kernel limits to, and makes one"
                            + " take %.0f ms, expected about %.0f ms",
                    processor / 1e6,
                    cost.told(),
                    LEAST_MILLIS,
                    processor / least / 1e6,
                    slow / 1e6));
        }
        return new Millis(Math.max(millis, LEAST_MILLIS));
    }
}
