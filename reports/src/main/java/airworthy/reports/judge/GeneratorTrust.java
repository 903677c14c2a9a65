package airworthy.reports.judge;

import airworthy.model.RequestOutcome;
import airworthy.model.RequestRecord;
import airworthy.model.Slo;
import java.util.List;
import java.util.Optional;

/**
 * Whether what the load generator saw may be held against the platform. It is one process, so it is judged by everything
 * that it sent in a scenario, whatever window of it is looked at.
 */
final class GeneratorTrust {
    private GeneratorTrust() {}

    /** Why not, with the figures; empty if it may. */
    static Optional<String> distrust(List<RequestRecord> requests, Slo slo) {
        long skipped = requests.stream()
                .filter(request -> request.outcome() == RequestOutcome.SKIPPED_BY_CAP)
                .count();
        if (skipped > 0) {
            return Optional.of("the load generator is not to be trusted: it skipped " + Say.count(skipped) + " of "
                    + Say.count(requests.size()) + " requests for want of a free sender");
        }
        Samples lags = new Samples(requests.stream().flatMapToLong(request -> request.lagNs().stream()));
        if (lags.size() == 0) {
            return Optional.empty();
        }
        long lag = lags.percentile(99);
        long allowed = slo.tightest().toNanos() / 10;
        return lag <= allowed
                ? Optional.empty()
                : Optional.of("the load generator is not to be trusted: p99 of its lag is " + Say.time(lag)
                        + ", at most " + Say.time(allowed) + " (a tenth of the tightest bound); n = "
                        + Say.count(lags.size()));
    }
}
