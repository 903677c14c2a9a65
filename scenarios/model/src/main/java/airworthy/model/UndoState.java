package airworthy.model;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where one undo step stands. A crash in {@link #APPLYING} is treated as applied: restoring is always safe to ask for.
 */
public enum UndoState {
    /** Written and flushed; nothing is changed yet. */
    PLANNED,
    /** The change is under way; it may or may not have happened. */
    APPLYING,
    /** The change happened. */
    APPLIED,
    /** The platform refused the change; nothing is to be undone, and that is verified like the rest. */
    REFUSED,
    /** The undo is under way. */
    RESTORING,
    /** Observed to be as it was. */
    RESTORED,
    /** Left as it is, because somebody else changed it meanwhile. */
    CONFLICTED,
    /** Could not be undone; a person has to. */
    FAILED;

    /** The states that may follow this one. A failed or conflicted undo may be tried again. */
    public Set<UndoState> next() {
        return switch (this) {
            case PLANNED -> EnumSet.of(APPLYING, RESTORING);
            case APPLYING -> EnumSet.of(APPLIED, REFUSED, RESTORING);
            case APPLIED, REFUSED -> EnumSet.of(RESTORING);
            case RESTORING -> EnumSet.of(RESTORED, CONFLICTED, FAILED, RESTORING);
            case CONFLICTED, FAILED -> EnumSet.of(RESTORING);
            case RESTORED -> EnumSet.noneOf(UndoState.class);
        };
    }

    /** Whether the platform may still be changed by us. */
    public boolean open() {
        return this != RESTORED;
    }
}
