package airworthy.mocks.kubernetes.control;

import airworthy.mocks.kubernetes.store.ObjectKey;
import java.util.List;

/** Where a pod goes. */
sealed interface Placement {

    /** A node, all claims of the pod, and the devices for those that had none yet. */
    record On(String node, List<ObjectKey> claims, List<DeviceAllocator.Assignment> assignments) implements Placement {}

    /** No node, and the reason as the pod's condition and event state it. */
    record Nowhere(String why) implements Placement {}
}
