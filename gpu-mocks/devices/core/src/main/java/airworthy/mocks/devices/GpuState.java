package airworthy.mocks.devices;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is going on with one GPU, and what its driver has noticed of it. Not safe for several threads.
 */
final class GpuState {

    private final HealthPolicy policy;

    // The hardware, as the levers have it.
    private boolean lost;
    private int xidCause;
    private long memoryTaken;

    // What was noticed.
    private int lastXid;
    private final Map<String, DeviceTaint> taints = new LinkedHashMap<>();

    GpuState(HealthPolicy policy) {
        this.policy = policy;
    }

    double position(DeviceLever lever) {
        return switch (lever) {
            case LOST -> lost ? 1 : 0;
            case XID -> xidCause;
            case MEMORY_TAKEN -> memoryTaken;
        };
    }

    /** Moves a lever; a lever that stands there already does nothing. */
    void move(DeviceLever lever, double value, Instant now) {
        if (Double.compare(value, position(lever)) == 0) {
            return;
        }
        switch (lever) {
            case LOST -> {
                lost = value > 0;
                if (lost) {
                    lastXid = HealthPolicy.FALLEN_OFF_THE_BUS;
                    notice(policy.lost(now));
                } else {
                    reinitialise(now);
                }
            }
            case XID -> {
                xidCause = (int) value;
                // A GPU that is off the bus raises nothing.
                if (!lost) {
                    reinitialise(now);
                }
            }
            case MEMORY_TAKEN -> memoryTaken = (long) value;
        }
    }

    /** A reset clears what was noticed; a cause that is still there is raised anew. */
    private void reinitialise(Instant now) {
        boolean raises = xidCause != 0;
        lastXid = xidCause;
        DeviceTaint taint = policy.xid(xidCause, now);
        taints.values().removeIf(old -> !raises || !old.saysTheSameAs(taint));
        if (raises) {
            notice(taint);
        }
    }

    private void notice(DeviceTaint taint) {
        if (policy.watches()) {
            taints.putIfAbsent(taint.key(), taint);
        }
    }

    boolean lost() {
        return lost;
    }

    /** Returns the code of the XID raised last, or 0 when there was none since the GPU was initialised. */
    int lastXid() {
        return lastXid;
    }

    long memoryTaken() {
        return memoryTaken;
    }

    List<DeviceTaint> taints() {
        return List.copyOf(taints.values());
    }

    Health health() {
        if (!policy.watches()) {
            return new Health(Health.Status.UNKNOWN, "the driver does not watch the health of its devices");
        }
        if (lost) {
            return new Health(Health.Status.UNHEALTHY, "the GPU has fallen off the bus (XID 79)");
        }
        if (lastXid != 0 && !HealthPolicy.isApplicationXid(lastXid)) {
            return new Health(Health.Status.UNHEALTHY, "the GPU raised XID " + lastXid);
        }
        return new Health(Health.Status.HEALTHY, "");
    }
}
