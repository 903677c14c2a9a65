package airworthy.faults;

import airworthy.model.Change;
import airworthy.model.Layer;
import java.util.List;
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
     * @param devices the most accelerators held at a time
     */
    record Planned(String mechanism, Set<Layer> touches, List<Change> changes, Set<String> namespaces, int devices)
            implements Planning {
        public Planned {
            touches = Set.copyOf(touches);
            changes = List.copyOf(changes);
            namespaces = Set.copyOf(namespaces);
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
