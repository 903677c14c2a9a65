package airworthy.runner;

import airworthy.faults.Assignment;
import airworthy.faults.FaultInjector;
import airworthy.faults.Planning;
import airworthy.model.Fault;
import java.util.List;
import java.util.Set;

/** Plans for every fault that nothing is changed: a run with it shows what a platform raises by itself. */
public final class NoFault implements FaultInjector {
    private static final String MECHANISM = "control";

    @Override
    public String mechanism() {
        return MECHANISM;
    }

    @Override
    public boolean knows(Fault fault) {
        return true;
    }

    @Override
    public Planning plan(Assignment assignment) {
        return new Planning.Planned(MECHANISM, Set.of(), List.of(), Set.of(), 0);
    }
}
