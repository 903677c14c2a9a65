package airworthy.runner;

import airworthy.faults.Actuator;
import airworthy.faults.FaultInjector;
import airworthy.faults.RunMark;
import airworthy.model.Event;
import airworthy.model.PlatformProfile;
import airworthy.probes.EventSink;
import airworthy.probes.Stamps;
import java.util.List;

/**
 * All that running a scenario takes. Wired once for a run.
 *
 * @param profile the platform
 * @param survey what was found of it
 * @param injectors who can plan faults, best mechanism first
 * @param actuators who can change things and put them back
 * @param targets who finds targets
 * @param watches who sees faults
 * @param auditor who looks for audits
 * @param streams who sends load
 * @param openAlerts who knows which alerts are on
 * @param healer who puts things back
 * @param mark what our objects carry
 * @param journal where everything goes
 * @param stamps the clocks
 * @param cancellation ends the run
 * @param progress hears of phases
 */
public record Means(
        PlatformProfile profile,
        Event.Surveyed survey,
        List<FaultInjector> injectors,
        List<Actuator> actuators,
        TargetResolver targets,
        FaultWatches watches,
        Auditor auditor,
        Streams streams,
        OpenAlerts openAlerts,
        Healer healer,
        RunMark mark,
        EventSink journal,
        Stamps stamps,
        Cancellation cancellation,
        Progress progress) {
    public Means {
        injectors = List.copyOf(injectors);
        actuators = List.copyOf(actuators);
    }
}
