package airworthy.format;

import airworthy.model.Check;
import airworthy.model.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Adds to what a scenario asks in so many words what every scenario of its kind is asked.
 *
 * @param load whether there is load
 * @param faults what is changed
 * @param contrast whether there is a second fault that must not look like the first
 * @param recoverWithin the deadline of {@code recover}, if it is asked: all of its checks are implied
 */
record ImpliedChecks(boolean load, List<Fault> faults, boolean contrast, Optional<Duration> recoverWithin) {

    /** All checks, in the order of the questions. */
    List<Check> expand(List<Check> written) {
        boolean detect = written.stream().anyMatch(Check.NotifiedInTime.class::isInstance);
        List<Check> all = new ArrayList<>(written);
        if (load) {
            all.add(new Check.BaselineSlo());
        }
        if (!faults.isEmpty()) {
            if (detect) {
                all.add(new Check.Quiet());
            }
            for (Check check : written) {
                if (check instanceof Check.NamesCause(var cause)) {
                    all.add(new Check.RunbookHelps(cause));
                    if (contrast) {
                        all.add(new Check.ToldApart(cause));
                    }
                }
                if (check instanceof Check.ReachesOwner(var to)) {
                    all.add(new Check.ReachesNobodyElse(to));
                }
            }
        }
        recoverWithin.ifPresent(within -> {
            if (load) {
                all.add(new Check.BackAtBaseline(within));
            }
            if (faults.stream()
                    .anyMatch(fault -> fault instanceof Fault.DeviceLost || fault instanceof Fault.DriverMismatch)) {
                all.add(new Check.DeviceReturns(within));
            }
            if (detect) {
                all.add(new Check.AlertResolves(within));
            }
            all.add(new Check.UndoVerified());
        });
        all.sort(Comparator.comparing(Check::name));
        return List.copyOf(all);
    }
}
