package airworthy.probes.kubernetes;

import airworthy.model.Event;
import airworthy.model.ScenarioId;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a namespace holds, and the tightest device quota that limits it.
 *
 * @param namespace whose
 * @param quota the quota object's name, if one limits devices
 * @param hard devices granted, if a quota limits them
 * @param used devices that the quota counts, once it has counted
 * @param allocated devices really allocated, by claim; claims that hold none are missing
 */
public record DeviceHolding(
        String namespace,
        Optional<String> quota,
        OptionalInt hard,
        OptionalInt used,
        SortedMap<String, Integer> allocated) {
    public DeviceHolding {
        allocated = Collections.unmodifiableSortedMap(new TreeMap<>(allocated));
    }

    /** All devices held. */
    public int devices() {
        return allocated.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The same for the journal. */
    public Event.DevicesHeld event(ScenarioId scenario) {
        return new Event.DevicesHeld(scenario, namespace, quota, hard, used, allocated);
    }
}
