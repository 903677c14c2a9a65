package airworthy.faults.kubernetes;

import airworthy.faults.Actuator;
import airworthy.faults.Applied;
import airworthy.model.Change;
import airworthy.model.Restoration;
import airworthy.model.Undo;
import airworthy.probes.kubernetes.KubernetesConnection;
import java.time.Duration;
import java.util.Optional;

/** Waits for a pod of ours, then has its lever set; takes it back like any lever. Thread-safe. */
public final class LeverOnceReady implements Actuator {
    private final PodReadiness readiness;
    private final Actuator levers;

    /** @param levers sets levers and puts them back */
    public LeverOnceReady(KubernetesConnection cluster, Actuator levers) {
        this(cluster, levers, KubernetesActuator.READINESS);
    }

    /** @param limit how long a pod may take to be ready */
    LeverOnceReady(KubernetesConnection cluster, Actuator levers, Duration limit) {
        this.readiness = new PodReadiness(cluster, limit);
        this.levers = levers;
    }

    @Override
    public boolean carriesOut(Change change) {
        return change instanceof Change.PullLeverOnceReady;
    }

    @Override
    public boolean takesBack(Undo undo) {
        return levers.takesBack(undo);
    }

    @Override
    public Applied apply(Change change) throws InterruptedException {
        if (!(change instanceof Change.PullLeverOnceReady late)) {
            throw new IllegalArgumentException("not a lever of a pod: " + change);
        }
        // the wait changes nothing, so it is not among what undo has to wait for
        Optional<String> notReady = readiness.problem(late.pod());
        return notReady.isPresent()
                ? new Applied.Failed(notReady.get() + "; lever " + late.pull().lever() + " was not set")
                : levers.apply(late.pull());
    }

    @Override
    public Restoration restore(Undo undo) throws InterruptedException {
        return levers.restore(undo);
    }
}
