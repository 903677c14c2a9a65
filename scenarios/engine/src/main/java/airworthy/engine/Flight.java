package airworthy.engine;

import airworthy.assembly.CannotAssessException;
import airworthy.runner.Assessment;
import java.io.IOException;
import java.util.Optional;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.support.hierarchical.EngineExecutionContext;

/**
 * What all scenarios of one execution share.
 */
final class Flight implements EngineExecutionContext, AutoCloseable {
    /** The platform offers no way to be told of a cancellation, so it is asked for, this often. */
    private static final long ASK_EVERY_MS = 50;

    private final Departure departure;
    private final Optional<Assessment> assessment;
    private final Optional<PhaseReports> reports;
    private final Thread canceller;

    /** Begins an assessment. */
    @FunctionalInterface
    interface Departure {
        /**
         * Opens it.
         *
         * @throws CannotAssessException for every reason that the user can mend
         */
        Flight begin() throws CannotAssessException, IOException, InterruptedException;
    }

    private Flight(
            Departure departure,
            Optional<Assessment> assessment,
            Optional<PhaseReports> reports,
            CancellationToken token) {
        this.departure = departure;
        this.assessment = assessment;
        this.reports = reports;
        this.canceller = Thread.ofVirtual().name("airworthy-canceller").unstarted(() -> cancelWhenAsked(token));
    }

    /** Nothing was selected: it never begins anything. */
    static Flight none() {
        return planned(Flight::none);
    }

    /** An assessment that has not begun. */
    static Flight planned(Departure departure) {
        return new Flight(departure, Optional.empty(), Optional.empty(), CancellationToken.disabled());
    }

    static Flight of(Assessment assessment, CancellationToken token, PhaseReports reports) {
        Flight flight = new Flight(Flight::none, Optional.of(assessment), Optional.of(reports), token);
        flight.canceller.start();
        return flight;
    }

    Flight begin() throws CannotAssessException, IOException, InterruptedException {
        return departure.begin();
    }

    Assessment assessment() {
        return assessment.orElseThrow(() -> new IllegalStateException("nothing was selected, so nothing runs"));
    }

    PhaseReports reports() {
        return reports.orElseThrow(() -> new IllegalStateException("nothing was selected, so nothing is reported"));
    }

    boolean empty() {
        return assessment.isEmpty();
    }

    @Override
    public void close() throws IOException {
        canceller.interrupt();
        if (assessment.isPresent()) {
            assessment.get().close();
        }
    }

    private void cancelWhenAsked(CancellationToken token) {
        try {
            while (!token.isCancellationRequested()) {
                Thread.sleep(ASK_EVERY_MS);
            }
            assessment.ifPresent(Assessment::cancel);
        } catch (InterruptedException e) {
            // the flight is over
        }
    }
}
