package airworthy.mocks.prometheus;

import airworthy.mocks.monitoring.Pacer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Evaluates a group's rules in order at one moment, then hands the alerts that are due to the notifier. */
final class GroupRunner implements Runnable {
    /** From Prometheus: an alert stays valid for four intervals after it was sent, so that lost sends do no harm. */
    private static final int VALID_INTERVALS = 4;

    private final Rule.Group group;
    private final List<RuleRunner> rules;
    private final AlertSender sender;
    private final Pacer pacer;
    private final Duration resendDelay;
    private Optional<Instant> first = Optional.empty();

    GroupRunner(Rule.Group group, List<RuleRunner> rules, AlertSender sender, Pacer pacer, Duration resendDelay) {
        this.group = group;
        this.rules = List.copyOf(rules);
        this.sender = sender;
        this.pacer = pacer;
        this.resendDelay = resendDelay;
    }

    Rule.Group group() {
        return group;
    }

    List<RuleRunner> rules() {
        return rules;
    }

    @Override
    public void run() {
        Instant now = moment(pacer.now());
        Duration validity = (resendDelay.compareTo(group.interval()) > 0 ? resendDelay : group.interval())
                .multipliedBy(VALID_INTERVALS);
        List<AlertSender.Outgoing> due = new ArrayList<>();
        for (RuleRunner rule : rules) {
            rule.evaluate(now);
            rule.book()
                    .ifPresent(book -> book.due(now, resendDelay)
                            .forEach(alert -> due.add(
                                    new AlertSender.Outgoing(alert, rule.rule().query(), now.plus(validity)))));
        }
        if (!due.isEmpty()) {
            sender.send(due);
        }
    }

    /**
     * As in Prometheus, moments of evaluation lie whole intervals apart, however late the thread was: a {@code for} of one
     * interval is over at the next evaluation, and not at the one after it because of a millisecond.
     */
    private Instant moment(Instant clock) {
        Instant begun = first.orElse(clock);
        first = Optional.of(begun);
        double intervals = (double) Duration.between(begun, clock).toNanos()
                / group.interval().toNanos();
        return begun.plus(group.interval().multipliedBy(Math.round(intervals)));
    }
}
