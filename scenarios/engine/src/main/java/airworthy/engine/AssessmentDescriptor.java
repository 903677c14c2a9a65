package airworthy.engine;

import airworthy.format.SuiteFiles;
import airworthy.model.Scorecard;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;
import org.junit.platform.engine.support.hierarchical.Node;

/** The root: one assessment. Its end is the run's end. */
final class AssessmentDescriptor extends EngineDescriptor implements Node<Flight> {
    private @Nullable SuiteFiles suite;

    AssessmentDescriptor(UniqueId uniqueId) {
        super(uniqueId, "Airworthy");
    }

    /** Takes a suite that was selected; a second one is refused, because a card names one suite. */
    boolean take(SuiteFiles selected) {
        if (suite != null && !suite.equals(selected)) {
            return false;
        }
        suite = selected;
        return true;
    }

    SuiteFiles suite() {
        return Optional.ofNullable(suite).orElseThrow(() -> new IllegalStateException("no suite was selected"));
    }

    /** Begins here, not when the engine is asked for its context, so that what cannot begin is told by its own message. */
    @Override
    public Flight prepare(Flight planned) throws Exception {
        Flight flight = planned.begin();
        for (TestDescriptor child : flight.empty() ? Set.<TestDescriptor>of() : getChildren()) {
            if (child instanceof ScenarioDescriptor scenario) {
                flight.reports().expected(scenario, flight.assessment().expected(scenario.scenario()));
            }
        }
        return flight;
    }

    @Override
    public void after(Flight flight) throws Exception {
        if (flight.empty()) {
            return;
        }
        Scorecard card = flight.assessment().finish();
        flight.reports().finished(flight.assessment().folder(), card);
    }

    @Override
    public void cleanUp(Flight flight) throws Exception {
        flight.close();
    }
}
