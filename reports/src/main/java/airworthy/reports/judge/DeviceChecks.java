package airworthy.reports.judge;

import airworthy.model.Check;
import airworthy.model.Event.DeviceSeen;
import airworthy.model.Event.DeviceStanding;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks on a device that was lost, on what ran on it and on what runs beside it. */
final class DeviceChecks {
    private final ScenarioView view;

    DeviceChecks(ScenarioView view) {
        this.view = view;
    }

    /** Counted from the last look that showed fewer ready pods on healthy devices than there were before the fault. */
    Answer runsAgain(Check.RunsAgain check) {
        Optional<Stamped<PodsSeen>> before = podsBefore();
        Optional<String> lost = lostDevice();
        if (before.isEmpty() || lost.isEmpty()) {
            return Answer.unknown("nobody looked at pods and device before the fault");
        }
        int wanted = serving(before.get(), device -> true);
        if (wanted == 0) {
            return Answer.unknown("no pod of the target was ready before the fault", evidence(before.get()));
        }
        List<Stamped<PodsSeen>> looks = podsInHold();
        if (looks.isEmpty()) {
            return Answer.unknown("nobody looked at the pods while the fault was on");
        }
        Predicate<String> healthy = device -> !device.equals(lost.get());
        @Nullable Stamped<PodsSeen> again = null;
        for (Stamped<PodsSeen> look : looks) {
            if (serving(look, healthy) < wanted) {
                again = null;
            } else if (again == null) {
                again = look;
            }
        }
        return again == null
                ? stillDown(looks.getLast(), wanted, healthy, lost.get(), view.scaled(check.within()))
                : runsAgain(again, wanted, view.scaled(check.within()));
    }

    private Answer runsAgain(Stamped<PodsSeen> again, int wanted, Duration bound) {
        Interval after = again.at().since(view.windows().onset().at());
        String message = "all " + wanted + " pods of the target were ready on healthy devices " + Say.time(after)
                + " after onset, at most " + Say.time(bound) + ", and stayed so";
        List<String> evidence = List.of(Say.journal(view.windows().onset()), Say.journal(again));
        return switch (after.against(bound)) {
            case WITHIN -> Answer.met(message, evidence);
            case BEYOND -> Answer.notMet(message, evidence);
            case TOO_CLOSE -> Answer.unknown(message + "; too close to tell", evidence);
        };
    }

    private Answer stillDown(
            Stamped<PodsSeen> last, int wanted, Predicate<String> healthy, String lost, Duration bound) {
        List<String> onLost = last.event().pods().stream()
                .filter(pod -> pod.ofTarget() && pod.devices().contains(lost))
                .map(DeviceChecks::named)
                .toList();
        String message = "when healing began " + serving(last, healthy) + " of " + wanted
                + " pods of the target were ready on healthy devices"
                + (onLost.isEmpty() ? "" : "; " + String.join(", ", onLost) + " still held the lost " + lost)
                + "; expected all within " + Say.time(bound) + " of the onset";
        return view.windows().hold().length().compareTo(bound) < 0
                ? Answer.unknown(message + ", but healing began before that", evidence(last))
                : Answer.notMet(message, evidence(last));
    }

    /** A device that was never given back could not have been given away: that it was not proves nothing. */
    Answer lostNotAllocated() {
        Optional<Stamped<DeviceSeen>> before = devices()
                .filter(seen ->
                        seen.at().monoNs() < view.windows().applying().from().monoNs())
                .reduce((earlier, later) -> later);
        List<Stamped<DeviceSeen>> looks =
                devices().filter(seen -> view.windows().hold().holds(seen.at())).toList();
        if (before.isEmpty() || looks.isEmpty()) {
            return Answer.unknown("nobody looked who holds the device before the fault and while it was on");
        }
        String device = before.get().event().device();
        Map<String, String> former = before.get().event().holders();
        for (Stamped<DeviceSeen> look : looks) {
            Optional<String> given = look.event().holders().entrySet().stream()
                    .filter(holder -> !former.containsKey(holder.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst();
            if (given.isPresent()) {
                return Answer.notMet(
                        device + " was lost and was given to claim " + given.get()
                                + "; expected no claim to get it until it is back",
                        List.of(Say.journal(before.get()), Say.journal(look)));
            }
        }
        Stamped<DeviceSeen> last = looks.getLast();
        if (!last.event().holders().isEmpty()) {
            return Answer.unknown(
                    "claim " + String.join(", ", last.event().holders().values()) + " held " + device
                            + " all the time, so nobody else could have been given it",
                    List.of(Say.journal(last)));
        }
        if (last.event().standing() == DeviceStanding.ALLOCATABLE) {
            return Answer.unknown(
                    device + " was given back and to nobody else, but no taint keeps the next claim from it",
                    List.of(Say.journal(last)));
        }
        return Answer.met(
                device + " was given back and to no other claim (looked at " + looks.size() + " times); it stood "
                        + standing(last.event()),
                List.of(Say.journal(before.get()), Say.journal(last)));
    }

    Answer neighboursRun() {
        Optional<Stamped<PodsSeen>> before = podsBefore();
        List<Stamped<PodsSeen>> looks = podsInHold();
        if (before.isEmpty() || looks.isEmpty()) {
            return Answer.unknown("nobody looked at the pods of the node before the fault and while it was on");
        }
        String node = before.get().event().node();
        List<PodSeen> neighbours = before.get().event().pods().stream()
                .filter(pod -> pod.node().filter(node::equals).isPresent())
                .filter(pod -> pod.condition() == PodCondition.READY && !hit(pod))
                .toList();
        if (neighbours.isEmpty()) {
            return Answer.unknown(
                    "no other pod was ready on " + node + " before the fault, so none could be hurt",
                    evidence(before.get()));
        }
        for (Stamped<PodsSeen> look : looks) {
            for (PodSeen neighbour : neighbours) {
                Optional<String> hurt = hurt(neighbour, look.event());
                if (hurt.isPresent()) {
                    return Answer.notMet(
                            named(neighbour) + ", which ran beside it on " + node + ", " + hurt.get(),
                            List.of(Say.journal(before.get()), Say.journal(look)));
                }
            }
        }
        return Answer.met(
                neighbours.size() + " other pods of " + node + " kept running: the same pods, ready, without a restart"
                        + " (looked at " + looks.size() + " times)",
                List.of(Say.journal(before.get()), Say.journal(looks.getLast())));
    }

    static Optional<String> hurt(PodSeen before, PodsSeen now) {
        Optional<PodSeen> found = now.pods().stream()
                .filter(pod -> pod.uid().equals(before.uid()))
                .findFirst();
        if (found.isEmpty()) {
            return Optional.of("was gone while the fault was on");
        }
        PodSeen pod = found.get();
        if (pod.condition() == PodCondition.SUCCEEDED) {
            return Optional.empty();
        }
        if (pod.restarts() > before.restarts()) {
            return Optional.of("restarted " + (pod.restarts() - before.restarts()) + " times while the fault was on");
        }
        return pod.condition() == PodCondition.READY
                ? Optional.empty()
                : Optional.of("was not ready while the fault was on");
    }

    Answer deviceReturns(Check.DeviceReturns check) {
        Duration bound = view.scaled(check.within());
        Window observed = view.windows().observed();
        @Nullable Stamped<DeviceSeen> back = null;
        @Nullable Stamped<DeviceSeen> last = null;
        for (Stamped<DeviceSeen> look :
                devices().filter(seen -> observed.holds(seen.at())).toList()) {
            if (look.event().standing() != DeviceStanding.ALLOCATABLE) {
                back = null;
            } else if (back == null) {
                back = look;
            }
            last = look;
        }
        if (last == null) {
            return Answer.unknown("nobody looked at the device after healing");
        }
        String device = last.event().device();
        if (back == null) {
            String message = device + " stood " + standing(last.event()) + " at the end; expected it to be allocatable"
                    + " within " + Say.time(bound) + " after healing";
            return observed.length().compareTo(bound) < 0
                    ? Answer.unknown(
                            message + ", but it was watched for " + Say.time(observed.length()) + " only",
                            List.of(Say.journal(last)))
                    : Answer.notMet(message, List.of(Say.journal(last)));
        }
        Interval after = back.at().since(observed.from());
        String message =
                device + " was allocatable again " + Say.time(after) + " after healing, at most " + Say.time(bound);
        List<String> evidence = List.of(Say.journal(back));
        return switch (after.against(bound)) {
            case WITHIN -> Answer.met(message, evidence);
            case BEYOND -> Answer.notMet(message, evidence);
            case TOO_CLOSE -> Answer.unknown(message + "; too close to tell", evidence);
        };
    }

    private Stream<Stamped<DeviceSeen>> devices() {
        return view.of(DeviceSeen.class);
    }

    private Optional<String> lostDevice() {
        return devices().map(seen -> seen.event().device()).findFirst();
    }

    private Optional<Stamped<PodsSeen>> podsBefore() {
        return view.of(PodsSeen.class)
                .filter(seen ->
                        seen.at().monoNs() < view.windows().applying().from().monoNs())
                .reduce((earlier, later) -> later);
    }

    private List<Stamped<PodsSeen>> podsInHold() {
        return view.of(PodsSeen.class)
                .filter(seen -> view.windows().hold().holds(seen.at()))
                .toList();
    }

    /** How many pods of the target are ready and hold only such devices. */
    private static int serving(Stamped<PodsSeen> look, Predicate<String> device) {
        return (int) look.event().pods().stream()
                .filter(PodSeen::ofTarget)
                .filter(pod -> pod.condition() == PodCondition.READY)
                .filter(pod -> pod.devices().stream().allMatch(device))
                .count();
    }

    private boolean hit(PodSeen pod) {
        return view.target().replica().filter(pod.name()::equals).isPresent()
                && view.target().namespace().filter(pod.namespace()::equals).isPresent();
    }

    private static String standing(DeviceSeen seen) {
        return switch (seen.standing()) {
            case ALLOCATABLE -> "allocatable";
            case TAINTED -> "tainted " + String.join(", ", seen.taints());
            case WITHDRAWN -> "withdrawn from its driver's slices";
        };
    }

    static String named(PodSeen pod) {
        return "pod " + pod.namespace() + "/" + pod.name();
    }

    private static List<String> evidence(Stamped<?> stamped) {
        return List.of(Say.journal(stamped));
    }
}
