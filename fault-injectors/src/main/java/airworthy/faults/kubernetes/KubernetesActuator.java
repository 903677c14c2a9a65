package airworthy.faults.kubernetes;

import airworthy.faults.Actuator;
import airworthy.faults.Applied;
import airworthy.faults.InFlight;
import airworthy.model.Change;
import airworthy.model.ObjectRef;
import airworthy.model.Restoration;
import airworthy.model.Undo;
import airworthy.probes.kubernetes.KubernetesConnection;
import java.time.Duration;

/**
 * Creates objects and sets fields by way of the Kubernetes API, and takes both back. Thread-safe; does not own the
 * connection.
 */
public final class KubernetesActuator implements Actuator {
    /** How long a deleted object may take to be gone; longer than the API server's own bounds for one request. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ObjectCreation creation;
    private final FieldChange fields;
    private final InFlight<ObjectRef> inFlight = new InFlight<>();
    private final Duration patience;

    /** An actuator that waits {@link #PATIENCE} for deleted objects to be gone. */
    public KubernetesActuator(KubernetesConnection cluster) {
        this(cluster, PATIENCE);
    }

    /** @param patience how long a deleted object may take to be gone */
    public KubernetesActuator(KubernetesConnection cluster, Duration patience) {
        this.creation = new ObjectCreation(cluster, patience);
        this.fields = new FieldChange(cluster);
        this.patience = patience;
    }

    @Override
    public boolean carriesOut(Change change) {
        return change instanceof Change.CreateObject || change instanceof Change.SetField;
    }

    @Override
    public boolean takesBack(Undo undo) {
        return undo instanceof Undo.DeleteCreated || undo instanceof Undo.RestoreField;
    }

    @Override
    public Applied apply(Change change) throws InterruptedException {
        return switch (change) {
            case Change.CreateObject create -> inFlight.make(create.object(), () -> creation.create(create));
            case Change.SetField set -> inFlight.make(set.object(), () -> fields.set(set));
            case Change.PullLever _, Change.SendLoad _ ->
                throw new IllegalArgumentException("not a Kubernetes change: " + change);
        };
    }

    @Override
    public Restoration restore(Undo undo) throws InterruptedException {
        return switch (undo) {
            case Undo.DeleteCreated delete ->
                inFlight.settled(delete.object(), patience)
                        ? creation.delete(delete)
                        : unsettled(undo, Kubectl.delete(delete.object()));
            case Undo.RestoreField field ->
                inFlight.settled(field.object(), patience) ? fields.restore(field) : unsettled(undo, undo.describe());
            case Undo.PutLeverBack _, Undo.StopLoad _ ->
                throw new IllegalArgumentException("not a Kubernetes change: " + undo);
        };
    }

    private Restoration unsettled(Undo undo, String byHand) {
        return new Restoration.Failed(
                undo.describe() + ": the change itself was still under way after " + patience.toSeconds() + " s",
                byHand);
    }
}
