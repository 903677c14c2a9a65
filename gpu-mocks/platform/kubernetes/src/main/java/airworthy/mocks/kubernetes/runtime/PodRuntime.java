package airworthy.mocks.kubernetes.runtime;

import java.io.IOException;

/**
 * Gives pods their behaviour. Called on a thread of the pod's own, so it may block.
 *
 * <p>Implementations are thread-safe: several pods start at the same time.
 */
@FunctionalInterface
public interface PodRuntime {
    /**
     * Starts what the pod's containers do.
     *
     * @throws ContainerExit when a container ended by itself; it is started again, after a while
     * @throws IOException when the pod cannot start; it stays Pending with the message, and is tried again
     */
    RunningPod start(PodSandbox pod) throws IOException;

    /** Runs every image as one that does nothing and is ready at once. */
    static PodRuntime idle() {
        return pod -> RunningPod.idle();
    }
}
