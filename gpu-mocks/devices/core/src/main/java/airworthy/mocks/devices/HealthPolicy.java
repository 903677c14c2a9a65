package airworthy.mocks.devices;

import airworthy.mocks.devices.DeviceTaint.Effect;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What NVIDIA's DRA driver makes of an event of a GPU (github.com/NVIDIA/k8s-dra-driver-gpu, guide "GPU health checking"):
 * keys, values and effects are its own; only eviction, and all that becomes of a version mismatch, are ours.
 */
record HealthPolicy(boolean watches, boolean evictsOnLoss, Optional<Effect> onMismatch) {

    static final String XID_KEY = "gpu.nvidia.com/xid";
    static final String LOST_KEY = "gpu.nvidia.com/gpu-lost";
    static final String MISMATCH_KEY = "gpu.nvidia.com/nvml-version-mismatch";

    /** Raised when a GPU has fallen off the bus. */
    static final int FALLEN_OFF_THE_BUS = 79;

    // Raised by what an application did; the device is sound.
    private static final Set<Integer> APPLICATION_XIDS = Set.of(13, 31, 43, 45, 68, 109);

    static boolean isApplicationXid(int code) {
        return APPLICATION_XIDS.contains(code);
    }

    DeviceTaint xid(int code, Instant now) {
        return new DeviceTaint(
                XID_KEY, Integer.toString(code), isApplicationXid(code) ? Effect.NONE : Effect.NO_SCHEDULE, now);
    }

    DeviceTaint lost(Instant now) {
        return new DeviceTaint(LOST_KEY, "", evictsOnLoss ? Effect.NO_EXECUTE : Effect.NO_SCHEDULE, now);
    }

    /** Returns the taint of a node's devices where NVML cannot be initialised, if this driver sets one. */
    Optional<DeviceTaint> mismatch(Instant now) {
        return onMismatch.filter(effect -> watches).map(effect -> new DeviceTaint(MISMATCH_KEY, "", effect, now));
    }
}
