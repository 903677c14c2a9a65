package airworthy.probes.kubernetes;

import airworthy.model.Event;
import airworthy.model.Event.DeviceStanding;
import airworthy.model.ScenarioId;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the accelerators of one node stand.
 *
 * @param node which node
 * @param unschedulable whether the node itself takes no new pod that nobody made tolerant
 * @param devices what their drivers publish of them, by driver/pool/device
 * @param held those that a claim holds
 * @param holders the claims that hold some of them: namespace/name by uid
 */
public record NodeDevices(
        String node,
        boolean unschedulable,
        SortedMap<String, DeviceStanding> devices,
        Set<String> held,
        SortedMap<String, String> holders) {
    public NodeDevices {
        devices = Collections.unmodifiableSortedMap(new TreeMap<>(devices));
        held = Set.copyOf(held);
        holders = Collections.unmodifiableSortedMap(new TreeMap<>(holders));
    }

    /** How many of them a new claim could be given. */
    public int free() {
        return unschedulable
                ? 0
                : (int) devices.entrySet().stream()
                        .filter(device -> device.getValue() == DeviceStanding.ALLOCATABLE)
                        .filter(device -> !held.contains(device.getKey()))
                        .count();
    }

    /** The same for the journal. */
    public Event.NodeDevicesSeen event(ScenarioId scenario) {
        return new Event.NodeDevicesSeen(scenario, node, unschedulable, devices, holders);
    }
}
