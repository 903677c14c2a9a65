package airworthy.mocks.kubernetes.runtime;

/**
 * What a kubelet makes of the answers to a container's readiness probe: ready with the first good answer, unready after so
 * many bad ones in a row as the probe's {@code failureThreshold} says. One container's; not thread-safe.
 */
public final class Readiness {
    private final int failureThreshold;
    private boolean ready;
    private int failures;

    /** Of a container that has just been started: not ready. */
    public Readiness(int failureThreshold) {
        this.failureThreshold = failureThreshold;
    }

    /** Whether the container is ready after one answer more. */
    public boolean after(boolean good) {
        failures = good ? 0 : failures + 1;
        ready = good || (ready && failures < failureThreshold);
        return ready;
    }
}
