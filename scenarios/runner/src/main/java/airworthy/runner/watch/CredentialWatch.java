package airworthy.runner.watch;

import airworthy.faults.Applied;
import airworthy.model.Change;
import airworthy.model.Event;
import airworthy.model.Layer;
import airworthy.model.ScenarioId;
import airworthy.runner.FaultWatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Counts the attempts with bad credentials that were really made, of each kind: a kind that nobody tries is no fault. */
public final class CredentialWatch implements FaultWatch {
    private final ScenarioId scenario;
    private final BurstWatch.Sent sent;
    private final List<Change.SendLoad> kinds = new ArrayList<>();
    private final List<Long> last = new ArrayList<>();

    public CredentialWatch(ScenarioId scenario, BurstWatch.Sent sent) {
        this.scenario = scenario;
        this.sent = sent;
    }

    @Override
    public void before() {
        // nobody has tried yet
    }

    @Override
    public void made(Change change, Applied applied) {
        if (change instanceof Change.SendLoad attempts) {
            kinds.add(attempts);
            last.add(-1L);
        }
    }

    /** The first look may come before the first attempt of a slow stream is due; each later one has to see further ones. */
    @Override
    public Event.LandedSeen look() throws InterruptedException {
        long all = 0;
        for (int i = 0; i < kinds.size(); i++) {
            String stream = kinds.get(i).stream();
            long count;
            try {
                count = sent.of(stream);
            } catch (IOException e) {
                return landed(false, "the attempts of " + stream + " could not be counted: " + e.getMessage());
            }
            if (count <= last.get(i)) {
                return landed(
                        false,
                        String.format(
                                Locale.ROOT,
                                "%d attempts were made by %s, and none since the last look; the fault asks for %.2f/s",
                                count,
                                stream,
                                kinds.get(i).perSecond()));
            }
            last.set(i, count);
            all += count;
        }
        return landed(!kinds.isEmpty(), all + " attempts were made by now, of each of " + kinds.size() + " kinds");
    }

    @Override
    public void after() {
        // the load's own records show what became of each
    }

    @Override
    public void close() {
        // holds nothing
    }

    private Event.LandedSeen landed(boolean holds, String how) {
        return new Event.LandedSeen(scenario, Layer.CLIENT, holds, how);
    }
}
