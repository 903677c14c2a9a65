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
import java.util.Optional;

/**
 * Creates objects and sets fields by way of the Kubernetes API, and takes both back. Thread-safe; does not own the
 * connection.
 */
public final class KubernetesActuator implements Actuator {
    /** How long a deleted object may take to be gone; longer than the API server's own bounds for one request. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    /** How long a pod of ours may take to be ready: an image that is not on the node yet is pulled meanwhile. */
    public static final Duration READINESS = Duration.ofSeconds(90);

    private final ObjectCreation creation;
    private final FieldChange fields;
    private final PodResize sizes;
    private final PodReadiness readiness;
    private final InFlight<ObjectRef> inFlight = new InFlight<>();
    private final Duration patience;

    /** An actuator that waits {@link #PATIENCE} for deleted objects to be gone. */
    public KubernetesActuator(KubernetesConnection cluster) {
        this(cluster, PATIENCE, READINESS);
    }

    /** @param patience how long a deleted object may take to be gone */
    public KubernetesActuator(KubernetesConnection cluster, Duration patience) {
        this(cluster, patience, READINESS);
    }

    /**
     * @param patience how long a deleted object may take to be gone
     * @param readiness how long a pod may take to be ready
     */
    KubernetesActuator(KubernetesConnection cluster, Duration patience, Duration readiness) {
        this.creation = new ObjectCreation(cluster, patience);
        this.fields = new FieldChange(cluster);
        this.sizes = new PodResize(cluster, patience);
        this.readiness = new PodReadiness(cluster, readiness);
        this.patience = patience;
    }

    @Override
    public boolean carriesOut(Change change) {
        return change instanceof Change.CreateObject
                || change instanceof Change.CreateObjectOnceReady
                || change instanceof Change.SetField
                || change instanceof Change.SetFieldOnceReady;
    }

    @Override
    public boolean takesBack(Undo undo) {
        return undo instanceof Undo.DeleteCreated || undo instanceof Undo.RestoreField;
    }

    @Override
    public Applied apply(Change change) throws InterruptedException {
        return switch (change) {
            case Change.CreateObject create -> inFlight.make(create.object(), () -> creation.create(create));
            case Change.CreateObjectOnceReady late -> createOnceReady(late);
            case Change.SetField set -> inFlight.make(set.object(), () -> set(set));
            case Change.SetFieldOnceReady late -> setOnceReady(late);
            case Change.PullLever _, Change.PullLeverOnceReady _, Change.SendLoad _ ->
                throw new IllegalArgumentException("not a Kubernetes change: " + change);
        };
    }

    private Applied set(Change.SetField change) throws InterruptedException {
        return PodResize.isOne(change.object(), change.pointer()) ? sizes.set(change) : fields.set(change);
    }

    private Restoration restore(Undo.RestoreField undo) throws InterruptedException {
        return PodResize.isOne(undo.object(), undo.pointer()) ? sizes.restore(undo) : fields.restore(undo);
    }

    /** The wait changes nothing, so it is not among what undo has to wait for. */
    private Applied setOnceReady(Change.SetFieldOnceReady change) throws InterruptedException {
        Optional<String> notReady = readiness.problem(change.pod());
        if (notReady.isPresent()) {
            return new Applied.Failed(notReady.get() + "; " + change.field().object() + " was left as it was");
        }
        Change.SetField field = change.field();
        return switch (inFlight.make(field.object(), () -> fields.set(field))) {
            case Applied.Refused(int status, String message) ->
                new Applied.Failed(field.describe() + " was refused: " + status + ", " + message);
            case Applied.Done done -> done;
            case Applied.Failed failed -> failed;
        };
    }

    private Applied createOnceReady(Change.CreateObjectOnceReady change) throws InterruptedException {
        Optional<String> notReady = readiness.problem(change.pod());
        if (notReady.isPresent()) {
            return new Applied.Failed(notReady.get() + "; " + change.creation().object() + " was not created");
        }
        Change.CreateObject create = change.creation();
        return inFlight.make(create.object(), () -> creation.create(create));
    }

    @Override
    public Restoration restore(Undo undo) throws InterruptedException {
        return switch (undo) {
            case Undo.DeleteCreated delete ->
                inFlight.settled(delete.object(), patience)
                        ? creation.delete(delete)
                        : unsettled(undo, Kubectl.delete(delete.object()));
            case Undo.RestoreField field ->
                inFlight.settled(field.object(), patience) ? restore(field) : unsettled(undo, undo.describe());
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
