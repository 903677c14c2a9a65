package airworthy.runner;

import airworthy.faults.Actuator;
import airworthy.model.PlatformProfile;
import airworthy.probes.EventSink;
import airworthy.probes.Stamps;
import java.util.List;

/**
 * All that running a scenario takes. Wired once for a run.
 *
 * @param profile the platform
 * @param reads how faults are planned
 * @param actuators who can change things and put them back
 * @param watches who sees faults
 * @param auditor who looks for audits
 * @param streams who sends load
 * @param openAlerts who knows which alerts are on
 * @param guards what is looked at so that nobody else is hurt
 * @param healer who puts things back
 * @param journal where everything goes
 * @param stamps the clocks
 * @param cancellation ends the run
 * @param progress hears of phases
 */
public record Means(
        PlatformProfile profile,
        Preparation.Reads reads,
        List<Actuator> actuators,
        FaultWatches watches,
        Auditor auditor,
        Streams streams,
        OpenAlerts openAlerts,
        Guards guards,
        Healer healer,
        EventSink journal,
        Stamps stamps,
        Cancellation cancellation,
        Progress progress) {
    public Means {
        actuators = List.copyOf(actuators);
    }
}
