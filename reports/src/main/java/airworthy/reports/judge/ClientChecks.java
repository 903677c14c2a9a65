package airworthy.reports.judge;

import airworthy.model.Check;
import airworthy.model.Event.LoadRole;
import airworthy.model.Outcome;
import airworthy.model.RequestOutcome;
import airworthy.model.RequestRecord;
import airworthy.model.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Checks on what the client saw while the fault was coming and on. */
final class ClientChecks {
    private final ScenarioView view;

    ClientChecks(ScenarioView view) {
        this.view = view;
    }

    /**
     * The scenario's own baseline, or, where that is too short, with those of the same model under the same load. A stream
     * that was under way when the fault came is judged by what came before it.
     */
    Answer baselineSlo() {
        return each(LoadRole.TARGET, (stream, promise) -> {
            Window baseline = view.windows().baseline();
            List<RequestRecord> ours = baseline.intended(stream.requests());
            Answer own = SloJudge.judge(
                    stream.name() + " before the fault",
                    ours,
                    promise,
                    baseline.to().monoNs());
            List<RequestRecord> pooled = pooledBaseline(stream.inference());
            return own.outcome() != Outcome.UNKNOWN || pooled.size() <= ours.size()
                    ? own
                    : SloJudge.judge(stream.inference() + " before each fault of this run", pooled, promise);
        });
    }

    Answer trafficMoves(Check.TrafficMoves check) {
        Optional<String> replica = view.target().replica();
        if (replica.isEmpty()) {
            return Answer.unknown("the target names no replica that traffic could leave");
        }
        Window hold = view.windows().hold();
        return each(LoadRole.TARGET, (stream, promise) -> {
            List<RequestRecord> later = stream.requests().stream()
                    .filter(request -> hold.holds(request.intendedNs())
                            && request.intendedNs()
                                    >= hold.from().monoNs()
                                            + view.scaled(check.within()).toNanos())
                    .toList();
            return moved(later, replica.get(), check);
        });
    }

    private Answer moved(List<RequestRecord> requests, String replica, Check.TrafficMoves check) {
        ReplicaShare share = ReplicaShare.of(requests, replica);
        long needed = Samples.neededForRate(check.remaining().value());
        String message = "from " + Say.time(view.scaled(check.within())) + " after onset " + replica + " got " + share
                + " of the requests, at most " + check.remaining();
        if (share.tooManyUnknown()) {
            return Answer.unknown(share.unknowns());
        }
        if (share.known() < needed) {
            return tooFew(message, share.known(), needed);
        }
        List<String> evidence = requests.stream()
                .filter(request -> request.replica().filter(replica::equals).isPresent())
                .limit(3)
                .map(Say::request)
                .toList();
        return share.share() <= check.remaining().value()
                ? Answer.met(message, Say.requests(requests))
                : Answer.notMet(message, evidence);
    }

    Answer answersComplete(Check.AnswersComplete check) {
        Window hold = view.windows().hold();
        return each(LoadRole.TARGET, (stream, promise) -> {
            List<RequestRecord> held = hold.intended(stream.requests());
            return complete(held, check);
        });
    }

    private static Answer complete(List<RequestRecord> held, Check.AnswersComplete check) {
        List<RequestRecord> requests = held.stream()
                .filter(request -> request.outcome().answeredByPlatform())
                .toList();
        List<RequestRecord> broken = requests.stream()
                .filter(request -> request.outcome() != RequestOutcome.OK)
                .toList();
        long needed = Samples.neededForRate(1 - check.ok().value());
        long whole = (long) requests.size() - broken.size();
        double share = requests.isEmpty() ? 0 : (double) whole / requests.size();
        String message = Say.percent(share) + " of requests scheduled during the fault ended with a whole answer ("
                + Say.count(whole) + " of " + Say.count(requests.size()) + "), at least " + check.ok();
        if (requests.size() < needed) {
            return tooFew(message, requests.size(), needed);
        }
        return share >= check.ok().value()
                ? Answer.met(message, Say.requests(requests))
                : Answer.notMet(message, Say.requests(broken));
    }

    Answer bystandersSlo() {
        Window hold = view.windows().hold();
        return view.streams(LoadRole.BYSTANDER).isEmpty()
                ? Answer.unknown("no bystander was under load, so nothing is known of them")
                : each(
                        LoadRole.BYSTANDER,
                        (stream, promise) -> SloJudge.judge(
                                "bystander " + stream.inference() + " during the fault",
                                hold.intended(stream.requests()),
                                promise));
    }

    Answer otherReplicasSlo() {
        Optional<String> replica = view.target().replica();
        if (replica.isEmpty()) {
            return Answer.unknown("the target names no replica, so there are no others");
        }
        Window hold = view.windows().hold();
        return each(LoadRole.TARGET, (stream, promise) -> {
            List<RequestRecord> held = hold.intended(stream.requests());
            ReplicaShare share = ReplicaShare.of(held, replica.get());
            if (share.tooManyUnknown()) {
                return Answer.unknown(share.unknowns());
            }
            return SloJudge.judge(
                    "other replicas than " + replica.get() + " during the fault",
                    held.stream()
                            .filter(request -> request.replica().isPresent()
                                    && !request.replica().get().equals(replica.get()))
                            .toList(),
                    promise);
        });
    }

    private Answer each(LoadRole role, BiFunction<LoadStream, Promise, Answer> judge) {
        List<Answer> answers = new ArrayList<>();
        for (LoadStream stream : view.streams(role)) {
            answers.add(stream.slo()
                    .map(slo -> view.distrust(slo)
                            .map(Answer::unknown)
                            .orElseGet(() -> judge.apply(stream, view.promise(slo))))
                    .orElseGet(
                            () -> Answer.unknown("the profile promises nothing for inference " + stream.inference())));
        }
        return answers.isEmpty() ? Answer.unknown("no load was sent to the target") : Answer.all(answers);
    }

    static Answer tooFew(String message, long found, long needed) {
        return Answer.unknown("too few samples: " + Say.count(found) + ", needs "
                + (needed == Long.MAX_VALUE ? "endlessly many for such a bound" : Say.count(needed)) + "; " + message);
    }

    private List<RequestRecord> pooledBaseline(String inference) {
        List<RequestRecord> pooled = new ArrayList<>();
        for (Scenario other : view.run().input().suite()) {
            if (!other.load().equals(view.scenario().load())) {
                continue;
            }
            ScenarioView its = view.run().view(other);
            its.cut()
                    .ifPresent(windows -> its.streams(LoadRole.TARGET).stream()
                            .filter(stream -> stream.inference().equals(inference))
                            .forEach(stream -> pooled.addAll(windows.baseline().intended(stream.requests()))));
        }
        return pooled;
    }
}
