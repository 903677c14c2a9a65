package airworthy.mocks.kubernetes.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalLong;

/** What a delete asks for. The grace period is in seconds. */
public record DeleteOptions(
        Optional<String> uid, Optional<String> resourceVersion, OptionalLong gracePeriod, Dependents dependents) {

    /** What becomes of the objects that the deleted one owns. */
    public enum Dependents {
        COLLECTED,
        /** They go first; until then the object stays, marked. */
        BEFORE_IT,
        ORPHANED
    }

    /** A delete without conditions and with the kind's own grace period. */
    public static final DeleteOptions PLAIN =
            new DeleteOptions(Optional.empty(), Optional.empty(), OptionalLong.empty(), Dependents.COLLECTED);

    /** A delete that does not wait for containers to end. */
    public static final DeleteOptions AT_ONCE =
            new DeleteOptions(Optional.empty(), Optional.empty(), OptionalLong.of(0), Dependents.COLLECTED);

    /** A delete that waits for what the object owns. */
    public static final DeleteOptions DEPENDENTS_FIRST =
            new DeleteOptions(Optional.empty(), Optional.empty(), OptionalLong.empty(), Dependents.BEFORE_IT);

    /** From the body of a DELETE request. */
    public static DeleteOptions of(JsonNode body) {
        JsonNode preconditions = body.path("preconditions");
        JsonNode grace = body.path("gracePeriodSeconds");
        boolean orphaned = body.path("propagationPolicy").asText().equals("Orphan")
                || body.path("orphanDependents").asBoolean(false);
        boolean foreground = body.path("propagationPolicy").asText().equals("Foreground");
        return new DeleteOptions(
                text(preconditions.path("uid")),
                text(preconditions.path("resourceVersion")),
                grace.isIntegralNumber() ? OptionalLong.of(grace.asLong()) : OptionalLong.empty(),
                orphaned ? Dependents.ORPHANED : foreground ? Dependents.BEFORE_IT : Dependents.COLLECTED);
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() ? Optional.of(node.asText()) : Optional.empty();
    }
}
