package airworthy.faults.mock;

import airworthy.faults.Actuator;
import airworthy.faults.Applied;
import airworthy.faults.InFlight;
import airworthy.faults.JsonValue;
import airworthy.model.Change;
import airworthy.model.Restoration;
import airworthy.model.Undo;
import airworthy.probes.http.HttpCaller;
import java.net.URI;
import java.time.Duration;
import java.util.OptionalInt;

/** Pulls levers of simulated parts and puts them back. Thread-safe. */
public final class LeverActuator implements Actuator {
    /** Longer than any one call of the client. */
    private static final Duration SETTLE = Duration.ofSeconds(10);

    private final LeverClient levers;
    private final InFlight<URI> inFlight = new InFlight<>();

    /** @param http closed by whoever made it */
    public LeverActuator(HttpCaller http) {
        this.levers = new LeverClient(http);
    }

    @Override
    public boolean carriesOut(Change change) {
        return change instanceof Change.PullLever;
    }

    @Override
    public boolean takesBack(Undo undo) {
        return undo instanceof Undo.PutLeverBack;
    }

    @Override
    public Applied apply(Change change) throws InterruptedException {
        if (!(change instanceof Change.PullLever pull)) {
            throw new IllegalArgumentException("not a lever: " + change);
        }
        return inFlight.make(pull.lever(), () -> pull(pull));
    }

    private Applied pull(Change.PullLever pull) throws InterruptedException {
        JsonValue ours = JsonValue.parse(pull.ours());
        return switch (levers.set(pull.lever(), ours, JsonValue.parse(pull.prior()))) {
            case LeverAnswer.Position(JsonValue now)
            when now.sameAs(ours) ->
                new Applied.Done(OptionalInt.of(200), "lever " + pull.lever() + " stands at " + now);
            case LeverAnswer.Position(JsonValue now) ->
                new Applied.Failed("lever " + pull.lever() + " was set to " + ours + " and stands at " + now);
            case LeverAnswer.Elsewhere(JsonValue now)
            when now.sameAs(ours) ->
                new Applied.Done(OptionalInt.empty(), "lever " + pull.lever() + " stood at " + now + " already");
            case LeverAnswer.Elsewhere(JsonValue now) ->
                new Applied.Failed("lever " + pull.lever() + ": found " + now + ", expected " + pull.prior()
                        + " as when it was planned; plan again");
            // no refusal that a fault could be after: it is not made
            case LeverAnswer.Refused(int status, String message) ->
                new Applied.Failed("lever " + pull.lever() + " was refused: " + status + ", " + message);
            case LeverAnswer.Failed(String why) -> new Applied.Failed(why);
        };
    }

    @Override
    public Restoration restore(Undo undo) throws InterruptedException {
        if (!(undo instanceof Undo.PutLeverBack back)) {
            throw new IllegalArgumentException("not a lever: " + undo);
        }
        if (!inFlight.settled(back.lever(), SETTLE)) {
            return failed(back, "the pull itself was still under way after " + SETTLE.toSeconds() + " s");
        }
        JsonValue ours = JsonValue.parse(back.ours());
        JsonValue prior = JsonValue.parse(back.prior());
        boolean stillOurs = levers.read(back.lever()) instanceof LeverAnswer.Position(JsonValue now)
                && now.sameAs(ours)
                && !now.sameAs(prior);
        if (stillOurs
                && levers.set(back.lever(), prior, ours) instanceof LeverAnswer.Refused(int status, String message)) {
            return failed(back, "refused: " + status + ", " + message);
        }
        return switch (levers.read(back.lever())) {
            case LeverAnswer.Position(JsonValue now)
            when now.sameAs(prior) -> new Restoration.Restored("lever " + back.lever() + " stands at " + now);
            case LeverAnswer.Position(JsonValue now) when now.sameAs(ours) -> failed(back, "it still stands at " + now);
            case LeverAnswer.Position(JsonValue now) ->
                new Restoration.Conflicted("lever " + back.lever() + ": found " + now + ", expected " + ours
                        + "; somebody else moved it, and it was left");
            case LeverAnswer.Elsewhere(JsonValue now) -> failed(back, "a read was answered by 409 and " + now);
            case LeverAnswer.Refused(int status, String message) -> failed(back, status + ", " + message);
            case LeverAnswer.Failed(String why) -> failed(back, why);
        };
    }

    private static Restoration failed(Undo.PutLeverBack back, String why) {
        return new Restoration.Failed(
                "put lever " + back.lever() + " back: " + why,
                "echo '{\"value\": " + back.prior() + "}' | kubectl replace --raw "
                        + back.lever().getRawPath() + " -f -");
    }
}
