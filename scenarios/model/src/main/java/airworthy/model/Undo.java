package airworthy.model;

import java.net.URI;

/**
 * How one change is taken back: plain data, written and flushed before the change is made.
 *
 * <p>Undo is conditional. What somebody else changed meanwhile is left and reported. Doing it twice is the same as once.
 */
public sealed interface Undo {

    /** One line for people, who may have to do it by hand. */
    String describe();

    /**
     * Deletes what the harness created.
     *
     * @param object the object
     * @param runLabel deleted only if its run label has this value
     */
    record DeleteCreated(ObjectRef object, String runLabel) implements Undo {
        @Override
        public String describe() {
            return "delete " + object + " if it carries run label " + runLabel;
        }
    }

    /**
     * Puts a field back.
     *
     * @param object whose field
     * @param pointer a JSON pointer
     * @param ours put back only if the field still has this JSON value
     * @param prior the JSON value to put back, or {@link Change.SetField#ABSENT}
     */
    record RestoreField(ObjectRef object, String pointer, String ours, String prior) implements Undo {
        @Override
        public String describe() {
            return "put " + object + " " + pointer + " back to " + prior + " if it still is " + ours;
        }
    }

    /**
     * Puts a lever back.
     *
     * @param lever the lever's own address
     * @param ours put back only if the lever still has this JSON value
     * @param prior the JSON value to put back
     */
    record PutLeverBack(URI lever, String ours, String prior) implements Undo {
        @Override
        public String describe() {
            return "put lever " + lever + " back to " + prior + " if it still is " + ours;
        }
    }

    /**
     * Sends a stream of load no more. It cannot outlive the process that sends it.
     *
     * @param stream its name
     * @param perSecond stopped only if it still is sent at this rate
     */
    record StopLoad(String stream, double perSecond) implements Undo {
        @Override
        public String describe() {
            return "stop load " + stream + " if it still is sent at " + perSecond + "/s";
        }
    }
}
