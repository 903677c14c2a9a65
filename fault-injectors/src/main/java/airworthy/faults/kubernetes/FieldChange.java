package airworthy.faults.kubernetes;

import airworthy.faults.Applied;
import airworthy.faults.JsonValue;
import airworthy.model.Change;
import airworthy.model.ObjectRef;
import airworthy.model.Restoration;
import airworthy.model.Undo;
import airworthy.probes.Reading;
import airworthy.probes.kubernetes.ApiAnswer;
import airworthy.probes.kubernetes.KubernetesConnection;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalInt;

/** Moves one field of an object from one value to another, only if it has the first, and looks whether it did. */
final class FieldChange {
    /** How often to look again when the object changed between a look and the patch. */
    private static final int LOOKS = 4;

    private final KubernetesConnection cluster;
    private final Optional<String> subresource;

    FieldChange(KubernetesConnection cluster) {
        this(cluster, Optional.empty());
    }

    /** @param subresource by which such fields are changed, where they cannot be changed on the object itself */
    FieldChange(KubernetesConnection cluster, Optional<String> subresource) {
        this.cluster = cluster;
        this.subresource = subresource;
    }

    Applied set(Change.SetField change) throws InterruptedException {
        FieldPatch patch = new FieldPatch(change.pointer(), change.prior(), change.ours());
        return switch (move(change.object(), patch)) {
            case Moved.There(OptionalInt status, String seen) -> new Applied.Done(status, seen);
            case Moved.Elsewhere(String found) ->
                new Applied.Failed(change.object() + " " + change.pointer() + ": found " + found + ", expected "
                        + change.prior() + " as when it was planned; plan again");
            case Moved.Refused(int status, String message) -> new Applied.Refused(status, message);
            case Moved.Failed(String why) -> new Applied.Failed(why);
        };
    }

    Restoration restore(Undo.RestoreField undo) throws InterruptedException {
        FieldPatch patch = new FieldPatch(undo.pointer(), undo.ours(), undo.prior());
        return switch (move(undo.object(), patch)) {
            case Moved.There(OptionalInt _, String seen) -> new Restoration.Restored(seen);
            case Moved.Elsewhere(String found) ->
                new Restoration.Conflicted(undo.object() + " " + undo.pointer() + ": found " + found + ", expected "
                        + undo.ours() + "; somebody else changed it, and it was left");
            case Moved.Refused(int status, String message) ->
                failed(undo, patch, "refused: " + status + ", " + message);
            case Moved.Failed(String why) -> failed(undo, patch, why);
        };
    }

    private Restoration failed(Undo.RestoreField undo, FieldPatch patch, String why) {
        return new Restoration.Failed(
                "put " + undo.object() + " " + undo.pointer() + " back: " + why,
                Kubectl.patch(undo.object(), subresource, patch.byHand()));
    }

    private ApiAnswer patch(ObjectRef object, String patch) throws InterruptedException {
        return subresource.isPresent() ? cluster.patch(object, subresource.get(), patch) : cluster.patch(object, patch);
    }

    private Moved move(ObjectRef object, FieldPatch patch) throws InterruptedException {
        OptionalInt patched = OptionalInt.empty();
        Moved last = new Moved.Failed("the patch was accepted, yet the field has still the old value");
        for (int look = 0; look < LOOKS; look++) {
            JsonNode found;
            switch (cluster.get(object)) {
                case Reading.Present<String>(String json) ->
                    found = JsonValue.parse(json).node();
                case Reading.Absent<String>(String how) -> {
                    return new Moved.Elsewhere("no such object (" + how + ")");
                }
                case Reading.Unreadable<String>(String why) -> {
                    return new Moved.Failed(why);
                }
            }
            if (patch.doneIn(found)) {
                return new Moved.There(patched, object + " " + patch.pointer() + " is " + patch.found(found));
            }
            if (!patch.appliesTo(found)) {
                return new Moved.Elsewhere(patch.found(found));
            }
            if (last instanceof Moved.Refused && !patch.stoppedByAnyChange()) {
                return last;
            }
            switch (patch(object, patch.against(found))) {
                case ApiAnswer.Ok(String _, int status) -> patched = OptionalInt.of(status);
                case ApiAnswer.Refused(int status, String message) -> last = new Moved.Refused(status, message);
                case ApiAnswer.Failed(String why) -> {
                    return new Moved.Failed(why);
                }
            }
        }
        return last;
    }

    private sealed interface Moved {
        /** Seen to have the value wanted. */
        record There(OptionalInt status, String seen) implements Moved {}

        /** It has neither value. */
        record Elsewhere(String found) implements Moved {}

        record Refused(int status, String message) implements Moved {}

        record Failed(String why) implements Moved {}
    }
}
