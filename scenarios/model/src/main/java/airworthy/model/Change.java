package airworthy.model;

import java.net.URI;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * One change that a fault makes to a platform: plain data, planned before anything is touched.
 *
 * <p>Each change knows its inverse. JSON texts are canonical: keys sorted, no white space.
 */
public sealed interface Change {

    /** The inverse, complete before the change is made. */
    Undo undo();

    /** One line for people. */
    String describe();

    /**
     * Creates an object.
     *
     * @param object its name
     * @param manifest the whole object as JSON; carries the run's opaque label
     * @param runLabel the value of that label, by which undo knows the object as ours
     */
    record CreateObject(ObjectRef object, String manifest, String runLabel) implements Change {
        @Override
        public Undo undo() {
            return new Undo.DeleteCreated(object, runLabel);
        }

        @Override
        public String describe() {
            return "create " + object;
        }
    }

    /**
     * Sets one field of an existing object.
     *
     * @param object whose field
     * @param pointer a JSON pointer, for example {@code /spec/replicas}
     * @param ours the JSON value set
     * @param prior the JSON value found, or the word {@code absent}
     */
    record SetField(ObjectRef object, String pointer, String ours, String prior) implements Change {
        /** Stands for a field that was not there. */
        public static final String ABSENT = "absent";

        @Override
        public Undo undo() {
            return new Undo.RestoreField(object, pointer, ours, prior);
        }

        @Override
        public String describe() {
            return "set " + object + " " + pointer + " to " + ours + " (was " + prior + ")";
        }
    }

    /**
     * Sets one field of an existing object, once a pod that it will point to is ready. Where the pod does not become ready in
     * time, nothing is set.
     *
     * @param field which field, and to what
     * @param pod what has to be ready before
     */
    record SetFieldOnceReady(SetField field, ObjectRef pod) implements Change {
        @Override
        public Undo undo() {
            return field.undo();
        }

        @Override
        public String describe() {
            return field.describe() + " once " + pod + " is ready";
        }
    }

    /**
     * Creates an object, once a pod that it will lead to is ready. Where the pod does not become ready in time, nothing is
     * created.
     *
     * @param creation of what
     * @param pod what has to be ready before
     */
    record CreateObjectOnceReady(CreateObject creation, ObjectRef pod) implements Change {
        @Override
        public Undo undo() {
            return creation.undo();
        }

        @Override
        public String describe() {
            return creation.describe() + " once " + pod + " is ready";
        }
    }

    /**
     * Sets a lever of a part that offers levers over HTTP.
     *
     * @param lever the lever's own address
     * @param ours the JSON value set
     * @param prior the JSON value found
     */
    record PullLever(URI lever, String ours, String prior) implements Change {
        @Override
        public Undo undo() {
            return new Undo.PutLeverBack(lever, ours, prior);
        }

        @Override
        public String describe() {
            return "set lever " + lever + " to " + ours + " (was " + prior + ")";
        }
    }

    /**
     * Sets a lever of a pod of ours, once that pod is ready. Where it does not become ready in time, nothing is set.
     *
     * @param pull which lever, and to what
     * @param pod the pod that has it
     */
    record PullLeverOnceReady(PullLever pull, ObjectRef pod) implements Change {
        @Override
        public Undo undo() {
            return pull.undo();
        }

        @Override
        public String describe() {
            return pull.describe() + " once " + pod + " is ready";
        }
    }

    /**
     * Sends load of the harness's own beside the usual one.
     *
     * @param stream the stream's name, which each of its records carries
     * @param inference the served model, by its name in the profile
     * @param profile the load profile
     * @param perSecond requests scheduled per second
     * @param credential by what each request makes itself known
     * @param most how many requests are sent at most, if there is a bound
     */
    record SendLoad(
            String stream, String inference, String profile, double perSecond, Credential credential, OptionalInt most)
            implements Change {

        /** With the key of the model's usual tenant. */
        public SendLoad(String stream, String inference, String profile, double perSecond) {
            this(stream, inference, profile, perSecond, new Credential.Usual());
        }

        /** Without a bound. */
        public SendLoad(String stream, String inference, String profile, double perSecond, Credential credential) {
            this(stream, inference, profile, perSecond, credential, OptionalInt.empty());
        }

        @Override
        public Undo undo() {
            return new Undo.StopLoad(stream, perSecond);
        }

        @Override
        public String describe() {
            return String.format(
                    Locale.ROOT,
                    "send %s %.1f/s more of load profile %s%s%s (stream %s)",
                    inference,
                    perSecond,
                    profile,
                    credential.describe(),
                    most.isPresent() ? ", " + most.getAsInt() + " requests at most" : "",
                    stream);
        }
    }
}
