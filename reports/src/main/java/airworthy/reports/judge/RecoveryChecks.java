package airworthy.reports.judge;

import airworthy.model.Check;
import airworthy.model.Event;
import airworthy.model.Event.LoadRole;
import airworthy.model.Fault;
import airworthy.model.History.Stamped;
import airworthy.model.Interval;
import airworthy.model.Outcome;
import airworthy.model.RequestRecord;
import airworthy.model.Slo;
import airworthy.model.TargetSelector;
import airworthy.model.UndoState;
import airworthy.model.UndoStep;
import airworthy.reports.judge.Telling.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Checks on what was left once the fault was taken away. */
final class RecoveryChecks {
    private final ScenarioView view;

    RecoveryChecks(ScenarioView view) {
        this.view = view;
    }

    Answer backAtBaseline(Check.BackAtBaseline check) {
        List<Answer> answers = new ArrayList<>();
        for (LoadStream stream : view.streams(LoadRole.TARGET)) {
            answers.add(stream.slo()
                    .map(slo -> back(stream, slo, view.scaled(check.within())))
                    .orElseGet(
                            () -> Answer.unknown("the profile promises nothing for inference " + stream.inference())));
        }
        return answers.isEmpty() ? Answer.unknown("no load was sent to the target") : Answer.all(answers);
    }

    /**
     * Looks for the first whole second from which on all is well. If there is none up to the deadline, the answer is
     * what holds from the deadline on.
     */
    private Answer back(LoadStream stream, Slo slo, Duration within) {
        long healed = view.windows().observed().from().monoNs();
        List<RequestRecord> observed = view.windows().observed().intended(stream.requests());
        Optional<String> distrust = view.distrust(slo);
        if (distrust.isPresent()) {
            return Answer.unknown(distrust.get());
        }
        Promise promise = view.promise(slo);
        for (long seconds = 0; seconds < within.toSeconds(); seconds++) {
            Answer answer =
                    from(stream, observed, healed + Duration.ofSeconds(seconds).toNanos(), promise);
            if (answer.outcome() == Outcome.MET) {
                return said(Duration.ofSeconds(seconds), within, answer);
            }
        }
        return said(within, within, from(stream, observed, healed + within.toNanos(), promise));
    }

    private static Answer said(Duration after, Duration within, Answer answer) {
        String when = answer.outcome() == Outcome.MET
                ? "back at baseline from " + Say.time(after) + " after healing on, at most " + Say.time(within)
                : "judged from the deadline of " + Say.time(within) + " after healing on";
        return new Answer(answer.outcome(), when + ": " + answer.message(), answer.evidence());
    }

    private Answer from(LoadStream stream, List<RequestRecord> observed, long fromNs, Promise promise) {
        List<RequestRecord> later = observed.stream()
                .filter(request -> request.intendedNs() >= fromNs)
                .toList();
        Answer kept = SloJudge.judge(stream.name() + " after the fault", later, promise);
        return view.target()
                .replica()
                .filter(_ -> staysItself())
                .map(replica -> Answer.all(List.of(kept, serves(stream, later, replica))))
                .orElse(kept);
    }

    /** What replaces a replica has another name. */
    private boolean staysItself() {
        return view.scenario().target() instanceof TargetSelector.InferenceReplica
                || view.scenario().faults().stream().anyMatch(Fault.OfAccelerator.class::isInstance);
    }

    /** A replica that gets at least half its former share serves again; balancers do not spread evenly. */
    private Answer serves(LoadStream stream, List<RequestRecord> later, String replica) {
        ReplicaShare before = ReplicaShare.of(view.windows().baseline().intended(stream.requests()), replica);
        ReplicaShare now = ReplicaShare.of(later, replica);
        if (before.tooManyUnknown() || now.tooManyUnknown()) {
            return Answer.unknown((before.tooManyUnknown() ? before : now).unknowns());
        }
        if (before.hit() == 0) {
            return Answer.unknown(replica + " served nothing before the fault, so its return cannot be seen");
        }
        double half = before.share() / 2;
        String message = replica + " serves " + now + ", at least half of its " + before + " before the fault";
        long needed = Samples.neededForRate(half);
        if (now.known() < needed) {
            return ClientChecks.tooFew(message, now.known(), needed);
        }
        return now.share() >= half ? Answer.met(message, List.of()) : Answer.notMet(message, List.of());
    }

    Answer alertResolves(Check.AlertResolves check) {
        Telling telling = Telling.of(view);
        if (telling.told().isEmpty()) {
            return Answer.unknown("nobody was told of an alert about the target, so there is none to resolve");
        }
        SortedMap<String, Long> intervals =
                view.run().survey().map(survey -> survey.event().intervalsNs()).orElseGet(TreeMap::new);
        Duration within = view.scaled(check.within());
        Duration bound = within.plusNanos(
                intervals.values().stream().mapToLong(Long::longValue).sum());
        List<String> added = intervals.entrySet().stream()
                .map(entry -> entry.getKey() + " " + Say.time(entry.getValue()))
                .toList();
        String deadline = Say.time(bound) + " (" + Say.time(within)
                + (added.isEmpty() ? "" : " and the platform's own " + String.join(", ", added)) + ")";
        return Answer.all(telling.told().stream()
                .map(told -> resolves(told, bound, deadline))
                .toList());
    }

    private Answer resolves(Told told, Duration bound, String deadline) {
        Window observed = view.windows().observed();
        Optional<Sighting> over = end(told);
        if (over.isEmpty()) {
            Optional<Stamped<Event.SourceUnreadable>> blind =
                    view.run().alerts().blindIn(observed);
            String message =
                    told.episode().name() + " was not seen to resolve, expected within " + deadline + " after healing";
            if (blind.isPresent()) {
                return Answer.unknown(
                        message + ", but " + blind.get().event().what() + " could not be read",
                        List.of(Say.journal(blind.get())));
            }
            return observed.length().compareTo(bound) < 0
                    ? Answer.unknown(message + ", but it was watched for " + Say.time(observed.length()) + " only")
                    : Answer.notMet(message, List.of(told.first().evidence()));
        }
        Interval after = over.get().at().since(observed.from());
        String message = told.episode().name()
                + (after.length().isNegative()
                        ? " resolved before healing had ended"
                        : " resolved " + Say.time(after) + " after healing, at most " + deadline);
        List<String> evidence = List.of(over.get().evidence());
        return switch (after.against(bound)) {
            case WITHIN -> Answer.met(message, evidence);
            case BEYOND -> Answer.notMet(message, evidence);
            case TOO_CLOSE -> Answer.unknown(message + "; too close to tell", evidence);
        };
    }

    /** What ended the alert for people: the notification that says so, else the first sight of its end. */
    static Optional<Sighting> end(Told told) {
        long since = told.first().at().monoNs();
        return told.episode()
                .of(Sighting.Kind.NOTIFIED_OVER)
                .filter(sighting -> sighting.at().monoNs() >= since)
                .findFirst()
                .or(() -> told.episode()
                        .of(Sighting.Kind.OVER)
                        .filter(sighting -> sighting.at().monoNs() >= since)
                        .findFirst());
    }

    Answer undoVerified() {
        Map<String, Stamped<Event.UndoMoved>> last = new LinkedHashMap<>();
        view.of(Event.UndoMoved.class)
                .forEachOrdered(moved -> last.put(moved.event().step(), moved));
        List<String> steps = view.of(Event.UndoPlanned.class)
                .flatMap(planned -> planned.event().steps().stream())
                .map(UndoStep::id)
                .distinct()
                .toList();
        if (steps.isEmpty()) {
            return Answer.unknown("no undo was planned, so nothing shows that all is as it was");
        }
        return Answer.all(steps.stream()
                .map(step -> undone(step, Optional.ofNullable(last.get(step))))
                .toList());
    }

    private static Answer undone(String step, Optional<Stamped<Event.UndoMoved>> last) {
        if (last.isEmpty()) {
            return Answer.unknown("step " + step + " was never begun");
        }
        UndoState state = last.get().event().state();
        String message = "step " + step + " is " + state.name().toLowerCase(Locale.ROOT) + ": "
                + last.get().event().detail();
        List<String> evidence = List.of(Say.journal(last.get()));
        return switch (state) {
            case RESTORED -> Answer.met(message, evidence);
            case CONFLICTED, FAILED -> Answer.notMet(message, evidence);
            case PLANNED, APPLYING, APPLIED, REFUSED, RESTORING -> Answer.unknown(message, evidence);
        };
    }
}
