package airworthy.reports.judge;

import airworthy.model.Check;
import airworthy.model.Dimension;
import airworthy.model.Event;
import airworthy.model.Event.AuditGroup;
import airworthy.model.Event.LoadRole;
import airworthy.model.History.Stamped;
import airworthy.model.PlatformProfile;
import airworthy.model.RequestOutcome;
import airworthy.model.RequestRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks on what a tenant spends at the gateway, by the client's own ledger. */
final class SpendChecks {
    /** How far apart client and gateway may be in saying when a request ended. */
    private static final long EDGE_NS = 250_000_000L;

    /** An answer that was broken off was billed by nobody knows how much; a few of them change no sum that is judged. */
    private static final double UNTOLD = 0.01;

    private final ScenarioView view;

    SpendChecks(ScenarioView view) {
        this.view = view;
    }

    Answer overspendRefused() {
        Optional<PlatformProfile.TokenBudget> budget = budget();
        if (budget.isEmpty()) {
            return Answer.unknown("the profile tells no token budget of the target, so nobody knows what is beyond it");
        }
        List<RequestRecord> held = ofTenant()
                .filter(request -> view.windows().hold().holds(request.intendedNs()))
                .filter(request -> request.outcome().answeredByPlatform())
                .toList();
        List<RequestRecord> failed = held.stream()
                .filter(request -> request.outcome() != RequestOutcome.OK)
                .toList();
        List<RequestRecord> otherwise =
                failed.stream().filter(request -> !refusedInOrder(request)).toList();
        String refused = Say.count(failed.size()) + " of " + Say.count(held.size())
                + " requests of the tenant during the fault were not served";
        if (!otherwise.isEmpty()) {
            return Answer.notMet(
                    refused + ", " + Say.count(otherwise.size()) + " of them otherwise than by 429 with Retry-After: "
                            + words(otherwise.getFirst()),
                    Say.requests(otherwise));
        }
        return granted(held, failed, budget.get(), refused);
    }

    /**
     * Windows begin when the gateway likes, so one more is touched than fit; and answers that are under way when a budget is
     * spent may end, in each window.
     */
    private Answer granted(
            List<RequestRecord> held, List<RequestRecord> refused, PlatformProfile.TokenBudget budget, String message) {
        List<RequestRecord> served = held.stream()
                .filter(request -> request.outcome() == RequestOutcome.OK)
                .toList();
        if (untold(served) > UNTOLD * served.size()) {
            return Answer.unknown(Say.count(untold(served)) + " of " + Say.count(served.size())
                    + " answers said not what they used, so nobody knows what was granted");
        }
        Duration window = view.scaled(budget.per());
        long windows = view.windows().hold().length().dividedBy(window) + 1;
        long perWindow = budget.tokens() / view.profile().timeScale();
        long underWay = mostUnderWay(served);
        long most = windows * (perWindow + underWay);
        long granted = tokens(served);
        String sums = message + ", each with 429 and Retry-After; " + Say.count(granted)
                + " tokens were granted, at most " + Say.count(most) + " (" + Say.count(perWindow) + " in each of "
                + Say.count(windows) + " windows of " + Say.time(window) + ", and each time " + Say.count(underWay)
                + " in answers under way)";
        if (granted > most) {
            return Answer.notMet(sums, Say.requests(served));
        }
        if (refused.isEmpty()) {
            return Answer.unknown(Say.count(granted) + " tokens were granted, and the budget of " + Say.count(perWindow)
                    + " in each " + Say.time(window) + " was never seen to be exceeded");
        }
        return Answer.met(sums, Say.requests(refused));
    }

    private static boolean refusedInOrder(RequestRecord request) {
        return request.outcome() == RequestOutcome.HTTP_429 && request.detail().contains("Retry-After: ");
    }

    private static String words(RequestRecord request) {
        return request.outcome().id() + (request.detail().isEmpty() ? "" : " (" + request.detail() + ")");
    }

    Answer tokensMetered(Check.TokensMetered check) {
        Optional<Stamped<Event.AuditRead>> read = view.of(Event.AuditRead.class).findFirst();
        String tenant = view.target().names().get(Dimension.TENANT);
        if (read.isEmpty() || tenant == null) {
            return Answer.unknown("nobody read the gateway's audit records of the tenant");
        }
        Event.AuditRead audit = read.get().event();
        List<String> evidence = List.of(Say.journal(read.get()));
        if (audit.blind().isPresent()) {
            return Answer.unknown(
                    "the gateway's audit records are not known: "
                            + audit.blind().get(),
                    evidence);
        }
        List<RequestRecord> served = ofTenant()
                .filter(request -> request.outcome() == RequestOutcome.OK)
                .toList();
        List<RequestRecord> ledger = endedIn(served, audit.sinceNs(), audit.untilNs());
        if (ledger.isEmpty() || untold(ledger) > UNTOLD * ledger.size()) {
            return Answer.unknown(
                    Say.count(untold(ledger)) + " of the tenant's " + Say.count(ledger.size())
                            + " answers said not what they used, so there is nothing to hold the records against",
                    evidence);
        }
        long ours = tokens(ledger);
        long theirs = audit.groups().stream()
                .filter(group -> group.tenant().equals(tenant))
                .mapToLong(SpendChecks::tokens)
                .sum();
        long edge = tokens(endedIn(served, audit.sinceNs() - EDGE_NS, audit.sinceNs() + EDGE_NS))
                + tokens(endedIn(served, audit.untilNs() - EDGE_NS, audit.untilNs() + EDGE_NS));
        long off = Math.abs(theirs - ours);
        double bound = check.off().value() * ours;
        String message = String.format(
                Locale.ROOT,
                "the gateway's audit records book %,d tokens to %s, the client was told of %,d: %s apart, at most %s",
                theirs,
                tenant,
                ours,
                Say.percent((double) off / ours),
                check.off());
        if (off <= bound) {
            return Answer.met(message, evidence);
        }
        return off > bound + edge
                ? Answer.notMet(message, evidence)
                : Answer.unknown(
                        message + "; " + Say.count(edge)
                                + " of them ended so near to the edges that it is too close to tell",
                        evidence);
    }

    private Optional<PlatformProfile.TokenBudget> budget() {
        String tenant = view.target().names().get(Dimension.TENANT);
        return tenant == null ? Optional.empty() : view.profile().gateway().flatMap(gateway -> gateway.budget(tenant));
    }

    /** All that was sent with the tenant's key: the usual load and what the fault sent beside it. */
    private Stream<RequestRecord> ofTenant() {
        return Stream.concat(
                view.streams(LoadRole.TARGET).stream().flatMap(stream -> stream.requests().stream()),
                view.sentByFault().stream());
    }

    private static List<RequestRecord> endedIn(List<RequestRecord> requests, long fromNs, long toNs) {
        return requests.stream()
                .filter(request -> request.endNs() >= fromNs && request.endNs() < toNs)
                .toList();
    }

    private static long untold(List<RequestRecord> served) {
        return served.stream().filter(request -> request.tokens().isEmpty()).count();
    }

    private static long tokens(List<RequestRecord> served) {
        return served.stream().mapToLong(request -> request.tokens().orElse(0)).sum();
    }

    private static long tokens(AuditGroup group) {
        return group.promptTokens() + group.completionTokens();
    }

    /** The most tokens of answers that were under way at the same time. */
    private static long mostUnderWay(List<RequestRecord> served) {
        List<long[]> moves = new ArrayList<>();
        for (RequestRecord request : served) {
            long tokens = request.tokens().orElse(0);
            moves.add(new long[] {request.startNs().orElse(request.intendedNs()), tokens});
            moves.add(new long[] {request.endNs(), -tokens});
        }
        moves.sort(
                (one, other) -> one[0] == other[0] ? Long.compare(one[1], other[1]) : Long.compare(one[0], other[0]));
        long now = 0;
        long most = 0;
        for (long[] move : moves) {
            now += move[1];
            most = Math.max(most, now);
        }
        return most;
    }
}
