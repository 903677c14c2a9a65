package airworthy.reports.judge;

import airworthy.model.RequestOutcome;
import airworthy.model.RequestRecord;
import airworthy.model.Slo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Whether, and how far, what the load generator saw may be held against the platform. It is one process, so it is judged by
 * everything that it sent in a scenario, whatever window of it is looked at.
 *
 * @param scheduled requests whose time had come
 * @param skipped those of them that no sender was free for
 * @param lags from the intended start of a request to its hand-over, of those that were sent
 */
record GeneratorTrust(long scheduled, long skipped, Samples lags) {
    static GeneratorTrust of(List<RequestRecord> requests) {
        return new GeneratorTrust(
                requests.size(),
                requests.stream()
                        .filter(request -> request.outcome() == RequestOutcome.SKIPPED_BY_CAP)
                        .count(),
                new Samples(requests.stream().flatMapToLong(request -> request.lagNs().stream())));
    }

    /**
     * The error of every time that the client took: what keeps a thread from sending on time keeps one from reading on time,
     * and 99 of 100 times it was less than this.
     */
    Duration error() {
        return lags.size() == 0 ? Duration.ZERO : Duration.ofNanos(lags.percentile(99));
    }

    /** Why nothing of it may be held against an SLO, with the figures; empty if it may, with its error. */
    Optional<String> distrust(Slo slo) {
        if (skipped > 0) {
            return Optional.of("the load generator is not to be trusted: it skipped " + Say.count(skipped) + " of "
                    + Say.count(scheduled) + " requests for want of a free sender");
        }
        Duration allowed = slo.latenessAllowed();
        return error().compareTo(allowed) <= 0
                ? Optional.empty()
                : Optional.of("the load generator is not to be trusted: p99 of its lag is " + Say.time(error())
                        + ", at most " + Say.time(allowed) + " (a quarter of the tightest bound); n = "
                        + Say.count(lags.size()));
    }
}
