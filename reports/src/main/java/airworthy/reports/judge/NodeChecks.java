package airworthy.reports.judge;

import airworthy.model.Check;
import airworthy.model.Event.DeviceStanding;
import airworthy.model.Event.NodeDevicesSeen;
import airworthy.model.Event.PodCondition;
import airworthy.model.Event.PodSeen;
import airworthy.model.Event.PodsSeen;
import airworthy.model.History.Stamped;
import airworthy.model.Interval;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Checks on a node whose accelerators take no new work, on what runs on them, and on what runs on other nodes'. */
final class NodeChecks {
    private final ScenarioView view;

    NodeChecks(ScenarioView view) {
        this.view = view;
    }

    /** Whether this scenario is about a node rather than about one device. */
    boolean concern() {
        return view.of(NodeDevicesSeen.class).findAny().isPresent();
    }

    Answer runningWorkGoesOn() {
        return runsOn("on the accelerators of the node", true);
    }

    Answer otherNodesRun() {
        return runsOn("on the accelerators of other nodes", false);
    }

    private Answer runsOn(String where, boolean there) {
        Optional<Stamped<PodsSeen>> before =
                view.of(PodsSeen.class).filter(seen -> beforeTheFault(seen)).reduce((earlier, later) -> later);
        List<Stamped<PodsSeen>> looks = view.of(PodsSeen.class)
                .filter(seen -> view.windows().hold().holds(seen.at()))
                .toList();
        if (before.isEmpty() || looks.isEmpty()) {
            return Answer.unknown(
                    "nobody looked at the pods that hold accelerators before the fault and while it was on");
        }
        Predicate<PodSeen> chosen = pod -> pod.ofTarget() == there && pod.condition() == PodCondition.READY;
        List<PodSeen> ran = before.get().event().pods().stream().filter(chosen).toList();
        if (ran.isEmpty()) {
            return Answer.unknown(
                    "no pod was ready " + where + " before the fault, so none could be hurt",
                    List.of(Say.journal(before.get())));
        }
        for (Stamped<PodsSeen> look : looks) {
            for (PodSeen pod : ran) {
                Optional<String> hurt = DeviceChecks.hurt(pod, look.event());
                if (hurt.isPresent()) {
                    return Answer.notMet(
                            DeviceChecks.named(pod) + ", which ran " + where + ", " + hurt.get(),
                            List.of(Say.journal(before.get()), Say.journal(look)));
                }
            }
        }
        return Answer.met(
                ran.size() + " pods " + where + " kept running: the same pods, ready, without a restart (looked at "
                        + looks.size() + " times)",
                List.of(Say.journal(before.get()), Say.journal(looks.getLast())));
    }

    /** Counted from the last look that showed the node open; what it gave away before it was closed is not counted. */
    Answer noNewPodsThere(Check.NoNewPodsThere check) {
        List<Stamped<NodeDevicesSeen>> looks = view.of(NodeDevicesSeen.class)
                .filter(seen -> view.windows().faulty().holds(seen.at()))
                .toList();
        if (looks.isEmpty()
                || looks.getLast().at().monoNs() < view.windows().hold().from().monoNs()) {
            return Answer.unknown("nobody looked at the node's devices while the fault was on");
        }
        Duration bound = view.scaled(check.within());
        @Nullable Stamped<NodeDevicesSeen> closed = since(looks, NodeChecks::closed);
        if (closed == null) {
            return open(looks.getLast(), bound);
        }
        for (Stamped<NodeDevicesSeen> look : looks) {
            Optional<String> given = look.at().monoNs() <= closed.at().monoNs()
                    ? Optional.empty()
                    : look.event().holders().entrySet().stream()
                            .filter(holder -> !closed.event().holders().containsKey(holder.getKey()))
                            .map(Map.Entry::getValue)
                            .findFirst();
            if (given.isPresent()) {
                return Answer.notMet(
                        "claim " + given.get() + " was given a device of "
                                + closed.event().node() + " while the fault was on",
                        List.of(Say.journal(closed), Say.journal(look)));
            }
        }
        Interval after = closed.at().since(view.windows().onset().at());
        String message = closed.event().node() + " was closed to new claims " + Say.time(after)
                + " after onset, at most " + Say.time(bound) + " (" + how(closed.event())
                + "), and no claim got a device of it from then on";
        List<String> evidence = List.of(Say.journal(closed), Say.journal(looks.getLast()));
        return switch (after.against(bound)) {
            case WITHIN -> Answer.met(message, evidence);
            case BEYOND -> Answer.notMet(message, evidence);
            case TOO_CLOSE -> Answer.unknown(message + "; too close to tell", evidence);
        };
    }

    private Answer open(Stamped<NodeDevicesSeen> last, Duration bound) {
        String message = "when healing began " + allocatable(last.event()) + " of "
                + last.event().devices().size() + " devices of " + last.event().node()
                + " could still be given to a new claim; expected a taint on each, or on the node, within "
                + Say.time(bound) + " of the onset";
        return view.windows().hold().length().compareTo(bound) < 0
                ? Answer.unknown(message + ", but healing began before that", List.of(Say.journal(last)))
                : Answer.notMet(message, List.of(Say.journal(last)));
    }

    /** What could be allocated before the fault may be allocated again. */
    Answer devicesReturn(Check.DeviceReturns check) {
        Optional<Stamped<NodeDevicesSeen>> before = view.of(NodeDevicesSeen.class)
                .filter(seen -> beforeTheFault(seen))
                .reduce((earlier, later) -> later);
        Window observed = view.windows().observed();
        List<Stamped<NodeDevicesSeen>> looks = view.of(NodeDevicesSeen.class)
                .filter(seen -> observed.holds(seen.at()))
                .toList();
        if (before.isEmpty() || looks.isEmpty()) {
            return Answer.unknown("nobody looked at the node's devices before the fault and after healing");
        }
        Duration bound = view.scaled(check.within());
        int wanted = allocatable(before.get().event());
        @Nullable Stamped<NodeDevicesSeen> back = since(looks, seen -> allocatable(seen) >= wanted);
        if (back == null) {
            Stamped<NodeDevicesSeen> last = looks.getLast();
            String message = allocatable(last.event()) + " of " + wanted + " devices of "
                    + last.event().node() + " were allocatable at the end; expected all within " + Say.time(bound)
                    + " after healing";
            return observed.length().compareTo(bound) < 0
                    ? Answer.unknown(
                            message + ", but they were watched for " + Say.time(observed.length()) + " only",
                            List.of(Say.journal(last)))
                    : Answer.notMet(message, List.of(Say.journal(last)));
        }
        Interval after = back.at().since(observed.from());
        String message = "all " + wanted + " devices of " + back.event().node() + " were allocatable again "
                + Say.time(after) + " after healing, at most " + Say.time(bound);
        List<String> evidence = List.of(Say.journal(back));
        return switch (after.against(bound)) {
            case WITHIN -> Answer.met(message, evidence);
            case BEYOND -> Answer.notMet(message, evidence);
            case TOO_CLOSE -> Answer.unknown(message + "; too close to tell", evidence);
        };
    }

    /** The first look from which on all looks show it. */
    private static @Nullable Stamped<NodeDevicesSeen> since(
            List<Stamped<NodeDevicesSeen>> looks, Predicate<NodeDevicesSeen> shown) {
        @Nullable Stamped<NodeDevicesSeen> first = null;
        for (Stamped<NodeDevicesSeen> look : looks) {
            if (!shown.test(look.event())) {
                first = null;
            } else if (first == null) {
                first = look;
            }
        }
        return first;
    }

    private static boolean closed(NodeDevicesSeen seen) {
        return allocatable(seen) == 0;
    }

    private static int allocatable(NodeDevicesSeen seen) {
        return seen.unschedulable()
                ? 0
                : (int) seen.devices().values().stream()
                        .filter(DeviceStanding.ALLOCATABLE::equals)
                        .count();
    }

    private static String how(NodeDevicesSeen seen) {
        return seen.unschedulable()
                ? "the node itself"
                : "each of its " + seen.devices().size() + " devices";
    }

    private boolean beforeTheFault(Stamped<?> seen) {
        return seen.at().monoNs() < view.windows().applying().from().monoNs();
    }
}
