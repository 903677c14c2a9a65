package airworthy.reports.judge;

import airworthy.model.RequestOutcome;
import airworthy.model.RequestRecord;
import airworthy.model.Slo;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A request that did not give its user what was promised.
 *
 * @param request which
 * @param atNs the instant at which the promise was broken, monotonic
 */
public record Breach(RequestRecord request, long atNs) {

    /** Empty if the promise was kept, or if the platform had no chance to keep it. */
    public static Optional<Breach> of(RequestRecord request, Slo slo) {
        if (!request.outcome().answeredByPlatform()) {
            return Optional.empty();
        }
        OptionalLong late = late(request, slo);
        if (late.isPresent()) {
            return Optional.of(new Breach(request, late.getAsLong()));
        }
        return request.outcome() == RequestOutcome.OK
                ? Optional.empty()
                : Optional.of(new Breach(request, request.endNs()));
    }

    private static OptionalLong late(RequestRecord request, Slo slo) {
        List<Long> contents = request.contentNs();
        long due = request.intendedNs() + slo.firstToken().toNanos();
        if (contents.isEmpty()) {
            return request.endNs() > due ? OptionalLong.of(due) : OptionalLong.empty();
        }
        if (contents.getFirst() > due) {
            return OptionalLong.of(due);
        }
        for (int i = 1; i < contents.size(); i++) {
            due = contents.get(i - 1) + slo.gap().toNanos();
            if (contents.get(i) > due) {
                return OptionalLong.of(due);
            }
        }
        return OptionalLong.empty();
    }
}
