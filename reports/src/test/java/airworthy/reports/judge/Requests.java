package airworthy.reports.judge;

import airworthy.model.RequestOutcome;
import airworthy.model.RequestRecord;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** Requests as a load generator would have recorded them. */
final class Requests {
    private Requests() {}

    /** A whole answer of ten tokens: the first after {@code firstMs}, the others {@code gapMs} apart. */
    static RequestRecord ok(String stream, String replica, long intendedNs, double firstMs, double gapMs) {
        List<Long> contents = LongStream.range(0, 10)
                .mapToObj(i -> intendedNs + Math.round((firstMs + i * gapMs) * 1e6))
                .toList();
        return new RequestRecord(
                stream,
                intendedNs / 1_000_000,
                RequestOutcome.OK,
                OptionalInt.of(200),
                Optional.of(replica),
                intendedNs,
                OptionalLong.of(intendedNs + 500_000),
                OptionalLong.of(intendedNs + 600_000),
                OptionalLong.of(intendedNs + 1_000_000),
                contents,
                contents.getLast() + 1_000_000,
                OptionalInt.of(10),
                Optional.empty(),
                "");
    }

    static RequestRecord ended(RequestRecord request, RequestOutcome outcome) {
        return new RequestRecord(
                request.stream(),
                request.number(),
                outcome,
                request.status(),
                request.replica(),
                request.intendedNs(),
                request.startNs(),
                request.writeNs(),
                request.headersNs(),
                request.contentNs(),
                request.endNs(),
                request.completionTokens(),
                request.correct(),
                request.detail());
    }

    static RequestRecord from(RequestRecord request, Optional<String> replica) {
        return new RequestRecord(
                request.stream(),
                request.number(),
                request.outcome(),
                request.status(),
                replica,
                request.intendedNs(),
                request.startNs(),
                request.writeNs(),
                request.headersNs(),
                request.contentNs(),
                request.endNs(),
                request.completionTokens(),
                request.correct(),
                request.detail());
    }

    static RequestRecord lagging(RequestRecord request, double lagMs) {
        return new RequestRecord(
                request.stream(),
                request.number(),
                request.outcome(),
                request.status(),
                request.replica(),
                request.intendedNs(),
                OptionalLong.of(request.intendedNs() + Math.round(lagMs * 1e6)),
                request.writeNs(),
                request.headersNs(),
                request.contentNs(),
                request.endNs(),
                request.completionTokens(),
                request.correct(),
                request.detail());
    }
}
