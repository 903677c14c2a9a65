package airworthy.faults.mock;

import airworthy.faults.JsonValue;
import airworthy.faults.Planning;
import airworthy.model.Change;
import java.net.URI;
import java.util.function.Function;

/**
 * Plans the pull of one lever: reads where it stands, which is what undo puts back. Thread-safe.
 *
 * @param levers reads levers
 */
record LeverPull(LeverClient levers) {
    private static final int NOT_FOUND = 404;

    /**
     * Plans it.
     *
     * @param lever the lever's own address
     * @param ours where it is to stand
     * @param planned makes a plan of the change
     */
    Planning plan(URI lever, JsonValue ours, Function<Change, Planning> planned) throws InterruptedException {
        return switch (levers.read(lever)) {
            case LeverAnswer.Position(JsonValue prior)
            when prior.sameAs(ours) ->
                new Planning.Refused("lever " + lever + " stands at " + prior
                        + " already; put it back before it is measured what it does");
            case LeverAnswer.Position(JsonValue prior) ->
                planned.apply(new Change.PullLever(lever, ours.toString(), prior.toString()));
            case LeverAnswer.Refused(int status, String message)
            when status == NOT_FOUND ->
                new Planning.NotApplicable("the server offers no lever at " + lever + ": 404, " + message);
            case LeverAnswer.Refused(int status, String message) ->
                new Planning.Refused("lever " + lever + " cannot be read: " + status + ", " + message);
            case LeverAnswer.Elsewhere(JsonValue value) ->
                new Planning.Refused("lever " + lever + " cannot be read: 409 and " + value);
            case LeverAnswer.Failed(String why) -> new Planning.Refused("lever cannot be read: " + why);
        };
    }
}
