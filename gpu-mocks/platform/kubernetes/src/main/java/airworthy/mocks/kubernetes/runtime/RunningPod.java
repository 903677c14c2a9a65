package airworthy.mocks.kubernetes.runtime;

import java.util.Optional;

/** A started pod. Thread-safe. */
public interface RunningPod extends AutoCloseable {
    /** Whether the pod's readiness probe would succeed now; polled. */
    boolean ready();

    /** All that the pod has written so far, for {@code kubectl logs}. */
    String log();

    /** How its container ended by itself, if it did; polled. The kubelet then starts it again. */
    default Optional<ContainerExit> exited() {
        return Optional.empty();
    }

    /** Ends the pod; idempotent. */
    @Override
    void close();

    /** A pod that does nothing, is ready and says nothing. */
    static RunningPod idle() {
        return new RunningPod() {
            @Override
            public boolean ready() {
                return true;
            }

            @Override
            public String log() {
                return "";
            }

            @Override
            public void close() {
                // Nothing was started.
            }
        };
    }
}
