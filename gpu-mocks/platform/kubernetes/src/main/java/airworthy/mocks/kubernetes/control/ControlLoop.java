package airworthy.mocks.kubernetes.control;

import airworthy.mocks.kubernetes.store.ApiFailure;
import airworthy.mocks.kubernetes.store.ObjectStore;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.List;

/**
 * Runs all controllers in a fixed order on one thread, whenever an object changed.
 *
 * <p>A pass holds the store, so controllers never race with writes over HTTP. Events do not wake it: controllers write
 * them and none reads them.
 */
final class ControlLoop implements AutoCloseable {
    private static final Logger LOG = System.getLogger(ControlLoop.class.getName());
    /** Some things come due by time alone, such as the end of a toleration. */
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final ObjectStore store;
    private final List<Controller> controllers;
    private final Thread thread;

    ControlLoop(ObjectStore store, List<Controller> controllers) {
        this.store = store;
        this.controllers = List.copyOf(controllers);
        this.thread = Thread.ofVirtual().name("control-loop").start(this::run);
    }

    private void run() {
        try {
            boolean open = true;
            while (open) {
                long before = store.revision();
                controllers.forEach(this::reconcile);
                open = awaitChange(before);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitChange(long after) throws InterruptedException {
        try {
            return !store.await(after, key -> !key.kind().equals(ResourceKinds.EVENT), IDLE)
                    .closed();
        } catch (ApiFailure forgotten) {
            // More changes than the history holds: reason enough for a pass.
            return true;
        }
    }

    private void reconcile(Controller controller) {
        try {
            store.atomically(() -> {
                controller.reconcile();
                return true;
            });
        } catch (RuntimeException bug) {
            // The isolation point of the control plane: one controller must not stop the others.
            LOG.log(Logger.Level.ERROR, controller.getClass().getSimpleName() + " stopped in this pass", bug);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
