package airworthy.reports.judge;

import airworthy.model.Event.LoadRole;
import airworthy.model.Event.PodCondition;
import airworthy.model.Event.PodSeen;
import airworthy.model.Event.TwinSeen;
import airworthy.model.History.Stamped;
import airworthy.model.RequestRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks on the copy of a workload that a fault hits in place of the workload itself. */
final class TwinChecks {
    private final ScenarioView view;

    TwinChecks(ScenarioView view) {
        this.view = view;
    }

    /** A copy that has no pod cannot say that it is ready: that it did not proves nothing. */
    Answer neverReady() {
        List<Stamped<TwinSeen>> looks = looks();
        if (looks.isEmpty()) {
            return Answer.unknown("nobody saw a pod of the copy while the fault was on");
        }
        for (Stamped<TwinSeen> look : looks) {
            Optional<PodSeen> ready = look.event().pods().stream()
                    .filter(pod -> pod.condition() == PodCondition.READY)
                    .findFirst();
            if (ready.isPresent()) {
                return Answer.notMet(
                        "pod " + ready.get().namespace() + "/" + ready.get().name() + " of "
                                + look.event().twin()
                                + " was ready, and its artefact is broken; expected it never to be",
                        List.of(Say.journal(look)));
            }
        }
        Stamped<TwinSeen> last = looks.getLast();
        int restarts = last.event().pods().stream().mapToInt(PodSeen::restarts).sum();
        return Answer.met(
                "no pod of " + last.event().twin() + " was ready (looked at " + looks.size() + " times, restarted "
                        + restarts + " times)",
                List.of(Say.journal(looks.getFirst()), Say.journal(last)));
    }

    /** Counts whatever the copy answered, errors too: none of it ought to have come to it. */
    Answer neverServes() {
        Set<String> pods = looks().stream()
                .flatMap(look -> look.event().pods().stream())
                .map(PodSeen::name)
                .collect(Collectors.toSet());
        if (pods.isEmpty()) {
            return Answer.unknown("nobody saw a pod of the copy while the fault was on, so it is not known which"
                    + " answers are its own");
        }
        List<Answer> answers = new ArrayList<>();
        for (LoadStream stream : view.streams(LoadRole.TARGET)) {
            answers.add(served(view.windows().faulty().intended(stream.requests()), pods));
        }
        return answers.isEmpty() ? Answer.unknown("no load was sent to the target") : Answer.all(answers);
    }

    private static Answer served(List<RequestRecord> requests, Set<String> pods) {
        List<RequestRecord> known = requests.stream()
                .filter(request -> request.replica().isPresent())
                .toList();
        List<RequestRecord> byTwin = known.stream()
                .filter(request -> request.replica().filter(pods::contains).isPresent())
                .toList();
        if (!byTwin.isEmpty()) {
            return Answer.notMet(
                    Say.count(byTwin.size()) + " of " + Say.count(known.size()) + " requests came to "
                            + String.join(", ", pods) + ", whose artefact is broken; expected none",
                    byTwin.stream().limit(3).map(Say::request).toList());
        }
        // whom those asked that name no replica is not known; one of them suffices to break a "never"
        long nameless = requests.stream()
                .filter(request -> request.outcome().answeredByPlatform())
                .filter(request -> request.replica().isEmpty())
                .count();
        String message = "none of " + Say.count(known.size()) + " requests came to " + String.join(", ", pods);
        if (known.isEmpty() || nameless > 0) {
            return Answer.unknown(
                    message + ", and " + Say.count(nameless) + " answers name no replica", Say.requests(requests));
        }
        return Answer.met(message, Say.requests(known));
    }

    /** Those that show a pod, from the first change on. */
    private List<Stamped<TwinSeen>> looks() {
        return view.of(TwinSeen.class)
                .filter(look -> view.windows().faulty().holds(look.at()))
                .filter(look -> !look.event().pods().isEmpty())
                .toList();
    }
}
