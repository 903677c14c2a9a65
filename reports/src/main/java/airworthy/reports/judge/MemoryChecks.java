package airworthy.reports.judge;

import airworthy.model.Check;
import airworthy.model.Event;
import airworthy.model.Event.LoadRole;
import airworthy.model.Event.PodCondition;
import airworthy.model.Event.PodSeen;
import airworthy.model.History.Stamped;
import airworthy.model.RequestOutcome;
import airworthy.model.RequestRecord;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks on a replica whose accelerator has no memory to give. */
final class MemoryChecks {
    /** The client is told that there is no answer, and is not left to find out. */
    private static final Set<RequestOutcome> TOLD = EnumSet.of(
            RequestOutcome.HTTP_4XX, RequestOutcome.HTTP_429, RequestOutcome.HTTP_5XX, RequestOutcome.IN_BAND_ERROR);

    private final ScenarioView view;

    MemoryChecks(ScenarioView view) {
        this.view = view;
    }

    /** Of requests at the hit replica, or of which nobody knows where they went, and of questions of our own. */
    Answer failsCleanly() {
        Optional<String> replica = view.target().replica();
        if (replica.isEmpty()) {
            return Answer.unknown("the target names no replica that could fail");
        }
        List<RequestRecord> failed = failedAt(replica.get());
        List<RequestRecord> untold = failed.stream()
                .filter(request -> !TOLD.contains(request.outcome()))
                .toList();
        List<Stamped<Event.ReplicaAsked>> asked = asked();
        List<Stamped<Event.ReplicaAsked>> askedUntold =
                asked.stream().filter(each -> leftOpen(each.event().outcome())).toList();
        if (!untold.isEmpty() || !askedUntold.isEmpty()) {
            return untold(replica.get(), failed.size(), untold, askedUntold);
        }
        List<Stamped<Event.ReplicaAsked>> askedTold = asked.stream()
                .filter(each -> TOLD.contains(each.event().outcome()))
                .toList();
        if (failed.isEmpty() && askedTold.isEmpty()) {
            return Answer.unknown("no request failed at " + replica.get() + ", so it is not known how it fails");
        }
        return Answer.met(
                "all " + Say.count(failed.size()) + " requests that failed at " + replica.get()
                        + " were told so by an error, and so were " + askedTold.size() + " questions of our own",
                failed.isEmpty() ? askedTold.stream().limit(3).map(Say::journal).toList() : Say.requests(failed));
    }

    /** Those that were under way when the fault came are hurt by it as well, so the end of each counts. */
    private List<RequestRecord> failedAt(String replica) {
        Window faulty = view.windows().faulty();
        return view.streams(LoadRole.TARGET).stream()
                .flatMap(stream -> stream.requests().stream())
                .filter(request -> faulty.holds(request.endNs()))
                .filter(request -> request.outcome().answeredByPlatform())
                .filter(request -> request.outcome() != RequestOutcome.OK)
                .filter(request -> request.replica().map(replica::equals).orElse(true))
                .toList();
    }

    private List<Stamped<Event.ReplicaAsked>> asked() {
        return view.of(Event.ReplicaAsked.class)
                .filter(each -> view.windows().hold().holds(each.at()))
                .toList();
    }

    /** Whether an answer was begun and not ended. Where nobody listens nothing is known of how a request fails. */
    private static boolean leftOpen(RequestOutcome outcome) {
        return outcome == RequestOutcome.CUT || outcome == RequestOutcome.TRUNCATED_CLEAN;
    }

    private static Answer untold(
            String replica, int failed, List<RequestRecord> requests, List<Stamped<Event.ReplicaAsked>> asked) {
        List<String> ways = requests.stream()
                .map(request -> request.outcome().id())
                .distinct()
                .sorted()
                .toList();
        List<String> said = new ArrayList<>();
        List<String> evidence = new ArrayList<>(Say.requests(requests));
        if (!requests.isEmpty()) {
            said.add(Say.count(requests.size()) + " of " + Say.count(failed) + " requests that failed at " + replica
                    + " were not told so: " + Say.names(ways));
        }
        if (!asked.isEmpty()) {
            said.add(replica + ", asked directly, gave "
                    + asked.getFirst().event().outcome().id());
            evidence.add(Say.journal(asked.getFirst()));
        }
        return Answer.notMet(String.join("; ", said), evidence);
    }

    /** Of the pod of the hit replica, from the first change until the contrast or the end; one that is replaced has ended once. */
    Answer noCrashLoop(Check.NoCrashLoop check) {
        Optional<String> replica = view.target().replica();
        if (replica.isEmpty()) {
            return Answer.unknown("the target names no replica that could crash");
        }
        Map<String, Integer> before = new HashMap<>();
        Map<String, Integer> most = new HashMap<>();
        Window watched = new Window(
                view.windows().applying().from(), view.windows().observed().to());
        for (Sight sight : sights(replica.get())) {
            if (sight.at().at().monoNs() < watched.from().monoNs()) {
                before.put(sight.pod().uid(), sight.pod().restarts());
            } else if (watched.holds(sight.at().at())) {
                if (sight.pod().condition() == PodCondition.CRASH_LOOPING) {
                    return Answer.notMet(
                            "pod " + replica.get()
                                    + " ends again and again: the kubelet waits before it is started once"
                                    + " more; expected at most " + check.restarts() + " restarts",
                            List.of(Say.journal(sight.at())));
                }
                most.merge(sight.pod().uid(), sight.pod().restarts(), Math::max);
            }
        }
        if (before.isEmpty() || most.isEmpty()) {
            return Answer.unknown("pod " + replica.get() + " was not seen "
                    + (before.isEmpty() ? "before the fault" : "while the fault was on"));
        }
        // one that was not there before takes the place of one that ended
        int restarts = most.entrySet().stream()
                .mapToInt(pod -> pod.getValue() - before.getOrDefault(pod.getKey(), -1))
                .sum();
        String message =
                "pod " + replica.get() + " was started again " + restarts + " times, at most " + check.restarts();
        return restarts <= check.restarts() ? Answer.met(message, List.of()) : Answer.notMet(message, List.of());
    }

    /** One time that a pod was seen. */
    private record Sight(Stamped<Event.PodsSeen> at, PodSeen pod) {}

    private List<Sight> sights(String replica) {
        return view.of(Event.PodsSeen.class)
                .flatMap(seen -> seen.event().pods().stream()
                        .filter(pod -> pod.name().equals(replica))
                        .map(pod -> new Sight(seen, pod)))
                .toList();
    }
}
