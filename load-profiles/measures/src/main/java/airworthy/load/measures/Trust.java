package airworthy.load.measures;

import airworthy.load.EngineHealth;
import airworthy.model.RequestOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Whether a client's figures may be held against a server. What it was late by itself is the error of each of its times.
 *
 * @param reasons why not; empty if they may
 */
public record Trust(List<String> reasons) {
    /** Above it there is no room for a moment with more to do, and what waits for a core is stamped late. */
    private static final double BUSIEST = 0.9;

    public Trust {
        reasons = List.copyOf(reasons);
    }

    /** Holds what the client did, and what its process says of itself, against the tightest bound that it was to judge by. */
    public static Trust of(Measures measures, EngineHealth health) {
        List<String> reasons = new ArrayList<>();
        long skipped = measures.ended(RequestOutcome.SKIPPED_BY_CAP);
        if (skipped > 0) {
            reasons.add("%,d of %,d requests were skipped, because as many as allowed were under way"
                    .formatted(skipped, measures.scheduled()));
        }
        Duration allowed = measures.slo().latenessAllowed();
        late(reasons, "it sent late", measures.of(Measure.LAG).percentileNs(99), allowed);
        late(reasons, "its event loops were late", health.loopLagP99Ns(), allowed);
        // rarer than a hundredth, pauses do not reach the 99th percentile; the longest is told beside the figures
        if (health.gcTotalNs() > health.wallNs() / 100) {
            reasons.add("garbage collection stopped it for %s of %s, at most a hundredth"
                    .formatted(milliseconds(health.gcTotalNs()), milliseconds(health.wallNs())));
        }
        if (health.cpuShare() > BUSIEST) {
            reasons.add(String.format(
                    Locale.ROOT,
                    "it kept its %d cores busy for %.0f%% of the time, at most %.0f%%",
                    health.cores(),
                    health.cpuShare() * 100,
                    BUSIEST * 100));
        }
        return new Trust(reasons);
    }

    private static void late(List<String> reasons, String what, OptionalLong p99, Duration allowed) {
        if (p99.isPresent() && p99.getAsLong() > allowed.toNanos()) {
            reasons.add("%s by %s at p99, at most %s (a quarter of the tightest bound)"
                    .formatted(what, milliseconds(p99.getAsLong()), milliseconds(allowed.toNanos())));
        }
    }

    private static String milliseconds(long ns) {
        return String.format(Locale.ROOT, "%.2f ms", ns / 1e6);
    }

    /** Whether the figures stand. */
    public boolean trusted() {
        return reasons.isEmpty();
    }
}
