package airworthy.reports.judge;

import airworthy.model.Dimension;
import airworthy.model.Event;
import airworthy.model.Event.AuditGroup;
import airworthy.model.History.Stamped;
import airworthy.model.RequestRecord;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Checks on what became of attempts with bad credentials. */
final class CredentialChecks {
    /** How a stream is named that sends a key which was good once. */
    private static final String FORMER_KEY = "/bad-key-";

    private final ScenarioView view;

    CredentialChecks(ScenarioView view) {
        this.view = view;
    }

    Answer credentialsRefused() {
        List<RequestRecord> attempts = attempts();
        if (attempts.isEmpty()) {
            return Answer.unknown("no attempt with a bad credential was made");
        }
        List<RequestRecord> otherwise =
                attempts.stream().filter(attempt -> !refused(attempt.status())).toList();
        String message = Say.count((long) attempts.size() - otherwise.size()) + " of " + Say.count(attempts.size())
                + " attempts (" + kinds(attempts) + ") were refused with 401 or 403";
        if (!otherwise.isEmpty()) {
            RequestRecord first = otherwise.getFirst();
            return Answer.notMet(
                    message + "; " + kind(first) + " got " + first.outcome().id()
                            + (first.detail().isEmpty() ? "" : " (" + first.detail() + ")"),
                    Say.requests(otherwise));
        }
        return attempts.stream().anyMatch(attempt -> attempt.stream().contains(FORMER_KEY))
                ? Answer.met(message, Say.requests(attempts))
                : Answer.unknown(
                        message + "; keys that were good once were not tried: name a revoked and an expired one under"
                                + " gateway.badKeys",
                        Say.requests(attempts));
    }

    Answer noTokensSpent() {
        List<RequestRecord> attempts = attempts();
        if (attempts.isEmpty()) {
            return Answer.unknown("no attempt with a bad credential was made");
        }
        List<RequestRecord> served = attempts.stream()
                .filter(attempt ->
                        !attempt.contentNs().isEmpty() || attempt.tokens().orElse(0) > 0)
                .toList();
        if (!served.isEmpty()) {
            return Answer.notMet(
                    Say.count(served.size()) + " of " + Say.count(attempts.size()) + " attempts (" + kinds(served)
                            + ") were answered with tokens",
                    Say.requests(served));
        }
        return view.of(Event.AuditRead.class)
                .findFirst()
                .map(read -> booked(attempts, read))
                .orElseGet(
                        () -> Answer.unknown("the client got no token, but nobody read the gateway's audit records"));
    }

    private Answer booked(List<RequestRecord> attempts, Stamped<Event.AuditRead> read) {
        List<String> evidence = List.of(Say.journal(read));
        Optional<String> blind = read.event().blind();
        if (blind.isPresent()) {
            return Answer.unknown(
                    "the client got no token, but the gateway's audit records are not known: " + blind.get(), evidence);
        }
        String source = view.target().names().get(Dimension.SOURCE);
        List<AuditGroup> refusals = read.event().groups().stream()
                .filter(group -> refused(group.status()))
                .filter(group -> group.source().equals(source))
                .toList();
        long records = refusals.stream().mapToLong(AuditGroup::records).sum();
        long tokens = refusals.stream()
                .mapToLong(group -> group.promptTokens() + group.completionTokens())
                .sum();
        String message = "the client got no token for " + Say.count(attempts.size())
                + " attempts, and the gateway's audit records book " + Say.count(tokens) + " to " + Say.count(records)
                + " refusals from " + source;
        if (tokens > 0) {
            return Answer.notMet(message, evidence);
        }
        return records == 0
                ? Answer.unknown(message + ": what is not recorded may have been booked to nobody", evidence)
                : Answer.met(message, evidence);
    }

    private List<RequestRecord> attempts() {
        return view.sentByFault().stream()
                .filter(attempt -> attempt.outcome().answeredByPlatform())
                .toList();
    }

    private static boolean refused(OptionalInt status) {
        return status.isPresent() && (status.getAsInt() == 401 || status.getAsInt() == 403);
    }

    private static String kind(RequestRecord attempt) {
        return attempt.stream().substring(attempt.stream().lastIndexOf('/') + 1);
    }

    private static String kinds(List<RequestRecord> attempts) {
        SortedMap<String, Long> kinds = attempts.stream()
                .collect(Collectors.groupingBy(CredentialChecks::kind, TreeMap::new, Collectors.counting()));
        return kinds.entrySet().stream()
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(", "));
    }
}
