package airworthy.runner;

import airworthy.model.Target;
import java.util.List;

/** Tells which alerts are on, as far as the journal knows by now. */
@FunctionalInterface
public interface OpenAlerts {

    /** Names of alerts about the target that are on now. */
    List<String> about(Target target);
}
