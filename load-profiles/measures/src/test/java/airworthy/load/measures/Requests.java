package airworthy.load.measures;

import airworthy.model.RequestOutcome;
import airworthy.model.RequestRecord;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** Requests as a load engine would have recorded them, their stamps given in milliseconds. */
final class Requests {
    private static final long MS = 1_000_000;

    private Requests() {}

    /**
     * @param tokens by the server's count; none if negative
     * @param contentMs when each event came
     */
    static RequestRecord request(
            RequestOutcome outcome, long intendedMs, long writeMs, long endMs, int tokens, long... contentMs) {
        boolean sent = outcome != RequestOutcome.SKIPPED_BY_CAP;
        return new RequestRecord(
                "load",
                intendedMs,
                outcome,
                OptionalInt.empty(),
                Optional.empty(),
                intendedMs * MS,
                sent ? OptionalLong.of(intendedMs * MS + MS / 2) : OptionalLong.empty(),
                sent ? OptionalLong.of(writeMs * MS) : OptionalLong.empty(),
                contentMs.length == 0 ? OptionalLong.empty() : OptionalLong.of((writeMs + 1) * MS),
                LongStream.of(contentMs).map(ms -> ms * MS).boxed().toList(),
                endMs * MS,
                tokens < 0 ? OptionalInt.empty() : OptionalInt.of(tokens),
                Optional.empty(),
                "",
                tokens < 0 ? OptionalInt.empty() : OptionalInt.of(7));
    }

    /** Four tokens in three events: 1000 intended, 1002 written, 1042, 1050, 1090 came, 1091 over. */
    static RequestRecord answered() {
        return request(RequestOutcome.OK, 1000, 1002, 1091, 4, 1042, 1050, 1090);
    }

    static List<Long> milliseconds(Measure measure, RequestRecord request) {
        return measure.of(request).map(ns -> ns / MS).boxed().toList();
    }
}
