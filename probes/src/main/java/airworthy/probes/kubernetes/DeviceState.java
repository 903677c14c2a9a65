package airworthy.probes.kubernetes;

import airworthy.model.Event;
import airworthy.model.ScenarioId;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a device stands.
 *
 * @param device which
 * @param standing what its driver publishes of it
 * @param taints as published, each written key=value:effect
 * @param holders the claims that hold it: namespace/name by uid
 */
public record DeviceState(
        DeviceId device, Event.DeviceStanding standing, List<String> taints, SortedMap<String, String> holders) {
    public DeviceState {
        taints = List.copyOf(taints);
        holders = Collections.unmodifiableSortedMap(new TreeMap<>(holders));
    }

    /** The same for the journal. */
    public Event.DeviceSeen event(ScenarioId scenario) {
        return new Event.DeviceSeen(scenario, device.toString(), standing, taints, holders);
    }
}
