package airworthy.reports.judge;

import airworthy.load.measures.Distribution;
import airworthy.model.RequestOutcome;
import airworthy.model.RequestRecord;
import airworthy.model.Slo;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Holds a stream's requests against its SLO: at p99 where the sample suffices, else at p90. */
final class SloJudge {
    private SloJudge() {}

    static Answer judge(String whose, List<RequestRecord> scheduled, Promise promise) {
        return judge(whose, scheduled, promise, Long.MAX_VALUE);
    }

    /**
     * Judges only what had happened by an instant: of a stream that was under way when a fault came, what came before it.
     */
    static Answer judge(String whose, List<RequestRecord> scheduled, Promise promise, long untilNs) {
        List<RequestRecord> requests = scheduled.stream()
                .filter(request -> request.outcome().answeredByPlatform())
                .toList();
        Answer both = Answer.all(List.of(
                bound(
                        "first token",
                        firstTokens(requests, untilNs),
                        promise.slo().firstToken(),
                        promise.error()),
                bound("token gap", gaps(requests, untilNs), promise.slo().gap(), promise.error())));
        long failed =
                requests.stream().filter(request -> failedBy(request, untilNs)).count();
        String message = whose + ": " + both.message() + "; " + Say.count(requests.size()) + " requests, "
                + Say.count(failed) + " without a whole answer";
        return new Answer(both.outcome(), message, evidence(requests, promise.slo()));
    }

    /** A request that failed counts as one whose first token never came; one that still waited, as long as it had. */
    static Samples firstTokens(List<RequestRecord> requests, long untilNs) {
        return new Samples(requests.stream().mapToLong(request -> {
            if (failedBy(request, untilNs)) {
                return Samples.NEVER;
            }
            long waited = untilNs - request.intendedNs();
            return Math.min(request.firstTokenNs().orElse(Samples.NEVER), waited);
        }));
    }

    /** A request that failed left one gap open for ever. */
    static Samples gaps(List<RequestRecord> requests, long untilNs) {
        return new Samples(requests.stream()
                .flatMapToLong(request -> LongStream.concat(
                        request.gapsNs(untilNs),
                        failedBy(request, untilNs) ? LongStream.of(Samples.NEVER) : LongStream.empty())));
    }

    private static boolean failedBy(RequestRecord request, long untilNs) {
        return request.outcome() != RequestOutcome.OK && request.endNs() <= untilNs;
    }

    private static Answer bound(String what, Samples samples, Duration bound, Duration error) {
        if (!samples.suffices(90)) {
            return Answer.unknown("too few samples of " + what + ": " + Say.count(samples.size()) + ", p90 needs "
                    + Say.count(Distribution.needed(90)));
        }
        int percent = samples.suffices(99) ? 99 : 90;
        long found = samples.percentile(percent);
        String message = "p" + percent + " of " + what + " is " + Say.time(found) + ", at most " + Say.time(bound)
                + " (n = " + Say.count(samples.size())
                + (percent == 99 ? "" : "; p99 needs " + Say.count(Distribution.needed(99)))
                + "; ± " + Say.time(error) + ")";
        if (found == Samples.NEVER || found - error.toNanos() > bound.toNanos()) {
            return Answer.notMet(message, List.of());
        }
        return found + error.toNanos() <= bound.toNanos()
                ? Answer.met(message, List.of())
                : Answer.unknown("within the load generator's error of its bound: " + message);
    }

    /** The first few requests that broke the promise, or the first that was looked at. */
    private static List<String> evidence(List<RequestRecord> requests, Slo slo) {
        List<RequestRecord> broken = requests.stream()
                .filter(request -> Breach.of(request, slo).isPresent())
                .limit(3)
                .toList();
        return Stream.concat(
                        broken.stream(), broken.isEmpty() ? requests.stream().limit(1) : Stream.empty())
                .map(Say::request)
                .toList();
    }
}
