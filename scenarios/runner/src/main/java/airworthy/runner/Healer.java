package airworthy.runner;

import airworthy.faults.Actuator;
import airworthy.model.Event;
import airworthy.model.Restoration;
import airworthy.model.UndoState;
import airworthy.model.UndoStep;
import airworthy.probes.EventSink;
import airworthy.probes.Stamps;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Puts things back: in the order given, each step within its own time, one failure never stopping the others. What failed
 * is tried again for a while: a cluster that does not answer may be about to come back. Every state is journalled before and
 * after. Thread-safe.
 */
public final class Healer {
    /** Before a step is tried again. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final List<Actuator> actuators;
    private final EventSink journal;
    private final Stamps stamps;
    private final Duration stepLimit;
    private final Duration comeback;

    /** A healer that tries each step once. */
    public Healer(List<Actuator> actuators, EventSink journal, Stamps stamps, Duration stepLimit) {
        this(actuators, journal, stamps, stepLimit, Duration.ZERO);
    }

    /**
     * @param actuators who can put what back
     * @param journal where each state goes
     * @param stamps the clocks
     * @param stepLimit the longest that one step may take
     * @param comeback for how long what failed is tried again; a step that began may end later
     */
    public Healer(List<Actuator> actuators, EventSink journal, Stamps stamps, Duration stepLimit, Duration comeback) {
        this.actuators = List.copyOf(actuators);
        this.journal = journal;
        this.stamps = stamps;
        this.stepLimit = stepLimit;
        this.comeback = comeback;
    }

    /**
     * One step and how it ended.
     *
     * @param step what was to be put back
     * @param restoration how that ended
     */
    public record Healed(UndoStep step, Restoration restoration) {}

    /**
     * Puts back what the steps say, in the order given.
     *
     * @return how each ended
     */
    public List<Healed> heal(List<UndoStep> steps) {
        long last = System.nanoTime() + comeback.toNanos();
        Map<String, Healed> ended = new LinkedHashMap<>();
        steps.forEach(step -> ended.put(step.id(), heal(step, Duration.ZERO)));
        for (List<UndoStep> left = failed(ended.values());
                !left.isEmpty() && System.nanoTime() < last;
                left = failed(ended.values())) {
            left.forEach(step -> ended.put(step.id(), heal(step, PAUSE)));
        }
        return List.copyOf(ended.values());
    }

    private static List<UndoStep> failed(Collection<Healed> ended) {
        return ended.stream()
                .filter(each -> each.restoration() instanceof Restoration.Failed)
                .map(Healed::step)
                .toList();
    }

    private Healed heal(UndoStep step, Duration after) {
        move(step, UndoState.RESTORING, step.undo().describe());
        Restoration restoration = restore(step, after);
        move(step, restoration.state(), tell(restoration));
        return new Healed(step, restoration);
    }

    /** What a restoration says, for people. */
    public static String tell(Restoration restoration) {
        return switch (restoration) {
            case Restoration.Restored(String observed) -> observed;
            case Restoration.Conflicted(String what) -> what;
            case Restoration.Failed(String why, String byHand) -> why + "; by hand: " + byHand;
        };
    }

    private void move(UndoStep step, UndoState state, String detail) {
        journal.record(stamps.now("harness"), new Event.UndoMoved(step.scenario(), step.id(), state, detail));
    }

    /** The calling thread may be interrupted at any time, but healing goes on: it runs on a thread of its own. */
    private Restoration restore(UndoStep step, Duration after) {
        Actuator actuator = actuators.stream()
                .filter(candidate -> candidate.takesBack(step.undo()))
                .findFirst()
                .orElse(null);
        if (actuator == null) {
            return new Restoration.Failed(
                    "nothing here can take this back", step.undo().describe());
        }
        boolean interrupted = Thread.interrupted();
        try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Restoration> restoring = thread.submit(() -> {
                Thread.sleep(after);
                return actuator.restore(step.undo());
            });
            long deadline = System.nanoTime() + after.plus(stepLimit).toNanos();
            while (true) {
                try {
                    return restoring.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (TimeoutException e) {
                    restoring.cancel(true);
                    return new Restoration.Failed(
                            "not done within " + stepLimit.toSeconds() + " s",
                            step.undo().describe());
                } catch (ExecutionException e) {
                    return new Restoration.Failed(
                            "it broke: " + e.getCause(), step.undo().describe());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
