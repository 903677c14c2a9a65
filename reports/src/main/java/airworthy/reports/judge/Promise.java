package airworthy.reports.judge;

import airworthy.model.RequestRecord;
import airworthy.model.Slo;
import java.time.Duration;
import java.util.Optional;

/**
 * What a client's times are held against.
 *
 * @param slo the bounds
 * @param error of each measured time; one that lies within it of its bound says nothing
 */
record Promise(Slo slo, Duration error) {

    /** When a request broke it, if it did so by more than the client's own error. */
    Optional<Breach> brokenBy(RequestRecord request) {
        Slo beyondDoubt = new Slo(slo.firstToken().plus(error), slo.gap().plus(error));
        return Breach.of(request, beyondDoubt).flatMap(certain -> Breach.of(request, slo));
    }
}
