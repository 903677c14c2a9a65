package airworthy.faults.client;

import airworthy.faults.Assignment;
import airworthy.faults.FaultInjector;
import airworthy.faults.Planning;
import airworthy.model.Change;
import airworthy.model.Fault;
import airworthy.model.Layer;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Sends more requests of the usual kind, with the same tenant's key. Touches what clients see, and the engine's own metrics
 * as far as the gateway lets the requests through. Thread-safe.
 */
public final class BurstByLoad implements FaultInjector {

    @Override
    public String mechanism() {
        return "client";
    }

    @Override
    public boolean knows(Fault fault) {
        return fault instanceof Fault.Burst;
    }

    @Override
    public Planning plan(Assignment assignment) {
        if (!(assignment.fault() instanceof Fault.Burst burst)) {
            throw new IllegalArgumentException(
                    "not known here: " + assignment.fault().kind());
        }
        Optional<String> inference = assignment.target().inference();
        if (inference.isEmpty()) {
            return new Planning.NotApplicable(assignment.target().description() + " is no served model");
        }
        return assignment
                .load()
                .<Planning>map(usual -> planned(assignment, inference.get(), usual, burst))
                .orElseGet(() -> new Planning.Refused("nothing is sent to "
                        + assignment.target().description()
                        + " usually, so there is nothing to send more of; give the scenario load"));
    }

    private Planning planned(Assignment assignment, String inference, Assignment.UsualLoad usual, Fault.Burst burst) {
        Change more = new Change.SendLoad(
                usual.stream() + "/burst", inference, usual.profile(), usual.perSecond() * (burst.factor() - 1));
        Set<String> namespaces = assignment.target().namespace().map(Set::of).orElse(Set.of());
        return new Planning.Planned(
                mechanism(), Set.of(Layer.CLIENT, Layer.ENGINE_METRICS), List.of(more), namespaces, 0);
    }
}
