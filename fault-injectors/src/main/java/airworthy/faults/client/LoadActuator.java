package airworthy.faults.client;

import airworthy.faults.Actuator;
import airworthy.faults.Applied;
import airworthy.faults.InFlight;
import airworthy.model.Change;
import airworthy.model.Restoration;
import airworthy.model.Undo;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Begins streams of load and ends them. Changes nothing of the platform but what it is asked. Thread-safe. */
public final class LoadActuator implements Actuator {
    /** Longer than the load engine takes to answer. */
    private static final Duration SETTLE = Duration.ofSeconds(35);

    private final ExtraLoad load;
    private final InFlight<String> inFlight = new InFlight<>();

    public LoadActuator(ExtraLoad load) {
        this.load = load;
    }

    @Override
    public boolean carriesOut(Change change) {
        return change instanceof Change.SendLoad;
    }

    @Override
    public boolean takesBack(Undo undo) {
        return undo instanceof Undo.StopLoad;
    }

    @Override
    public Applied apply(Change change) throws InterruptedException {
        if (!(change instanceof Change.SendLoad send)) {
            throw new IllegalArgumentException("not load: " + change);
        }
        return inFlight.make(send.stream(), () -> begin(send));
    }

    private Applied begin(Change.SendLoad send) throws InterruptedException {
        try {
            load.begin(send);
        } catch (IOException e) {
            return new Applied.Failed("stream " + send.stream() + ": " + e.getMessage());
        }
        OptionalDouble now = load.rate(send.stream());
        return isAt(now, send.perSecond())
                ? new Applied.Done(OptionalInt.empty(), "stream " + send.stream() + " is " + told(now))
                : new Applied.Failed("stream " + send.stream() + " is " + told(now) + ", expected it sent at "
                        + send.perSecond() + "/s");
    }

    @Override
    public Restoration restore(Undo undo) throws InterruptedException {
        if (!(undo instanceof Undo.StopLoad stop)) {
            throw new IllegalArgumentException("not load: " + undo);
        }
        if (!inFlight.settled(stop.stream(), SETTLE)) {
            return failed(stop, "its start was still under way after " + SETTLE.toSeconds() + " s");
        }
        try {
            load.end(stop.stream(), stop.perSecond());
        } catch (IOException e) {
            return failed(stop, String.valueOf(e.getMessage()));
        }
        OptionalDouble now = load.rate(stop.stream());
        if (now.isEmpty()) {
            return new Restoration.Restored("stream " + stop.stream() + " is " + told(now));
        }
        return isAt(now, stop.perSecond())
                ? failed(stop, "it still is " + told(now))
                : new Restoration.Conflicted("stream " + stop.stream() + " is " + told(now) + ", expected "
                        + stop.perSecond() + "/s; somebody else sends it, and it was left");
    }

    private static boolean isAt(OptionalDouble now, double perSecond) {
        return now.isPresent() && Double.compare(now.getAsDouble(), perSecond) == 0;
    }

    private static String told(OptionalDouble rate) {
        return rate.isPresent() ? "sent at " + rate.getAsDouble() + "/s" : "not sent by this process";
    }

    private static Restoration failed(Undo.StopLoad stop, String why) {
        return new Restoration.Failed(
                "stop load " + stop.stream() + ": " + why, "end the harness: its load ends with it");
    }
}
