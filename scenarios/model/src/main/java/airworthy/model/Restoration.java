package airworthy.model;

/** How putting one thing back ended. */
public sealed interface Restoration {

    /** The undo state that this leads to. */
    UndoState state();

    /**
     * Seen to be as it was.
     *
     * @param observed what was read, for people
     */
    record Restored(String observed) implements Restoration {
        @Override
        public UndoState state() {
            return UndoState.RESTORED;
        }
    }

    /**
     * Somebody else changed it meanwhile; it was left.
     *
     * @param what what was found in place of ours
     */
    record Conflicted(String what) implements Restoration {
        @Override
        public UndoState state() {
            return UndoState.CONFLICTED;
        }
    }

    /**
     * It could not be put back.
     *
     * @param why what was tried and what came of it
     * @param byHand what a person can do
     */
    record Failed(String why, String byHand) implements Restoration {
        @Override
        public UndoState state() {
            return UndoState.FAILED;
        }
    }
}
