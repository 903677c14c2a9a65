package airworthy.faults;

import airworthy.model.Change;
import airworthy.model.Layer;
import airworthy.model.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What came of planning a fault. */
public sealed interface Planning {

    /**
     * The fault can be made.
     *
     * @param mechanism by which mechanism
     * @param touches the layers that it touches; no others
     * @param changes every change, in the order of making
     * @param namespaces in which objects are made or workloads disturbed; consent is needed for each
     * @param devices the most accelerators that the fault keeps from others at a time
     * @param twin the copy that is hit in place of the target itself, if one is
     * @param preparing how many of the first changes make things of ours that nobody uses before a later change: the fault
     *     begins with the one after them
     */
    record Planned(
            String mechanism,
            Set<Layer> touches,
            List<Change> changes,
            Set<String> namespaces,
            int devices,
            Optional<Target.Twin> twin,
            int preparing)
            implements Planning {
        /** A plan that hits the target itself. */
        public Planned(
                String mechanism, Set<Layer> touches, List<Change> changes, Set<String> namespaces, int devices) {
            this(mechanism, touches, changes, namespaces, devices, Optional.empty(), 0);
        }

        public Planned {
            touches = Set.copyOf(touches);
            changes = List.copyOf(changes);
            namespaces = Set.copyOf(namespaces);
            if (preparing < 0 || preparing > changes.size()) {
                throw new IllegalArgumentException(
                        "of " + changes.size() + " changes " + preparing + " cannot prepare");
            }
        }
    }

    /**
     * This mechanism does not reach this target; another may.
     *
     * @param why what was looked for and found
     */
    record NotApplicable(String why) implements Planning {}

    /**
     * Prior state could not be read, or something else forbids it.
     *
     * @param why what was found, what was expected, what to do
     */
    record Refused(String why) implements Planning {}
}
