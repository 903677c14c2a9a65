package airworthy.faults.kubernetes;

import airworthy.faults.Applied;
import airworthy.faults.JsonValue;
import airworthy.faults.RunMark;
import airworthy.model.Change;
import airworthy.model.ObjectRef;
import airworthy.model.Restoration;
import airworthy.model.Undo;
import airworthy.probes.Reading;
import airworthy.probes.kubernetes.ApiAnswer;
import airworthy.probes.kubernetes.KubernetesConnection;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Creates an object and deletes it again, if it is ours. */
final class ObjectCreation {
    /** Between two looks at an object that is going away. */
    private static final Duration INTERVAL = Duration.ofMillis(100);

    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;

    private final KubernetesConnection cluster;
    private final Duration patience;

    /** @param patience how long to wait for a deleted object to be gone, finalizers and grace periods included */
    ObjectCreation(KubernetesConnection cluster, Duration patience) {
        this.cluster = cluster;
        this.patience = patience;
    }

    Applied create(Change.CreateObject change) throws InterruptedException {
        return switch (cluster.create(change.object(), change.manifest())) {
            case ApiAnswer.Ok(String _, int status) ->
                new Applied.Done(OptionalInt.of(status), "created " + change.object());
            case ApiAnswer.Refused(int status, String message) ->
                status == CONFLICT && oursAlready(change)
                        ? new Applied.Done(OptionalInt.empty(), change.object() + " is there already and is ours")
                        : new Applied.Refused(status, message);
            case ApiAnswer.Failed(String why) -> new Applied.Failed(why);
        };
    }

    private boolean oursAlready(Change.CreateObject change) throws InterruptedException {
        return cluster.get(change.object()) instanceof Reading.Present<String>(String json)
                && Found.of(json).label().equals(Optional.of(change.runLabel()));
    }

    Restoration delete(Undo.DeleteCreated undo) throws InterruptedException {
        ObjectRef object = undo.object();
        long start = System.nanoTime();
        String deleted = "";
        while (true) {
            Found found;
            switch (cluster.get(object)) {
                case Reading.Absent<String>(String how) -> {
                    return new Restoration.Restored(object + " is not there: " + how);
                }
                case Reading.Unreadable<String>(String why) -> {
                    return failed(object, why);
                }
                case Reading.Present<String>(String json) -> found = Found.of(json);
            }
            if (!found.label().equals(Optional.of(undo.runLabel()))) {
                return new Restoration.Conflicted(object + " carries "
                        + found.label().map(label -> "run label " + label).orElse("no run label") + ", expected "
                        + undo.runLabel() + "; it is not ours and was left");
            }
            if (!found.uid().equals(deleted)) {
                Optional<String> problem = deletionProblem(object, found.uid());
                if (problem.isPresent()) {
                    return failed(object, problem.get());
                }
                deleted = found.uid();
            } else if (System.nanoTime() - start > patience.toNanos()) {
                return failed(
                        object,
                        "deleted, but still there after " + patience.toSeconds() + " s; finalizers: "
                                + found.finalizers());
            } else {
                Thread.sleep(INTERVAL);
            }
        }
    }

    private Optional<String> deletionProblem(ObjectRef object, String uid) throws InterruptedException {
        return switch (cluster.delete(object, uid)) {
            case ApiAnswer.Ok _ -> Optional.empty();
            case ApiAnswer.Refused(int status, String _)
            when status == NOT_FOUND || status == CONFLICT -> Optional.empty();
            case ApiAnswer.Refused(int status, String message) -> Optional.of("refused: " + status + ", " + message);
            case ApiAnswer.Failed(String why) -> Optional.of(why);
        };
    }

    private static Restoration failed(ObjectRef object, String why) {
        return new Restoration.Failed("delete " + object + ": " + why, Kubectl.delete(object));
    }

    private record Found(String uid, Optional<String> label, String finalizers) {
        static Found of(String json) {
            JsonNode metadata = JsonValue.parse(json).node().path("metadata");
            JsonNode label = metadata.path("labels").path(RunMark.RUN_LABEL);
            JsonNode finalizers = metadata.path("finalizers");
            return new Found(
                    metadata.path("uid").asText(),
                    label.isTextual() ? Optional.of(label.asText()) : Optional.empty(),
                    finalizers.isEmpty() ? "none" : finalizers.toString());
        }
    }
}
