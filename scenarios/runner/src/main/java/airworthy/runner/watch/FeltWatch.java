package airworthy.runner.watch;

import airworthy.faults.Applied;
import airworthy.model.Change;
import airworthy.model.Event;
import airworthy.runner.FaultWatch;

/**
 * Watches a fault whose effect cannot be set: it holds where its cause is seen and who is hit feels it. What nobody feels asks
 * nothing of a platform.
 */
public final class FeltWatch implements FaultWatch {
    private final FaultWatch cause;
    private final FaultWatch effect;

    /**
     * @param cause sees what is done
     * @param effect sees what comes of it
     */
    public FeltWatch(FaultWatch cause, FaultWatch effect) {
        this.cause = cause;
        this.effect = effect;
    }

    @Override
    public void before() throws InterruptedException {
        cause.before();
        effect.before();
    }

    @Override
    public void made(Change change, Applied applied) {
        cause.made(change, applied);
        effect.made(change, applied);
    }

    @Override
    public Event.LandedSeen look() throws InterruptedException {
        Event.LandedSeen done = cause.look();
        if (!done.holds()) {
            return done;
        }
        Event.LandedSeen felt = effect.look();
        return new Event.LandedSeen(felt.scenario(), felt.layer(), felt.holds(), done.how() + "; " + felt.how());
    }

    @Override
    public void after() throws InterruptedException {
        cause.after();
        effect.after();
    }

    @Override
    public void close() {
        cause.close();
        effect.close();
    }
}
