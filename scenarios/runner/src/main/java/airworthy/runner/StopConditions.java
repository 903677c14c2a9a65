package airworthy.runner;

import airworthy.load.RequestTail;
import airworthy.model.RequestRecord;
import airworthy.model.Slo;
import airworthy.probes.Reading;
import airworthy.reports.judge.Breach;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Why a fault is to end before its time: somebody is hurt who was not to be, nobody could heal soon, or nobody could see any
 * more what the platform makes of it. For one hold and one thread.
 */
final class StopConditions {
    /**
     * A bystander burns when more than half of its latest so many requests broke its SLO. An SLO judged at p90 is missed long
     * before: that is a finding of <em>contain</em>, and no reason to stop looking.
     */
    private static final int LATEST = 20;

    /** One call may be lost on its way, and a machine that stands still for a moment breaks all that is in flight at once. */
    private static final int IN_A_ROW = 3;

    /** In a compressed run looks follow each other so closely that a moment of the machine fills three of them. */
    private static final Duration LASTS = Duration.ofMillis(1_500);

    private final Guards guards;
    private final Map<String, Slo> bystanders;
    private final RequestTail requests;
    private final long sinceNs;
    private final Map<String, Deque<Boolean>> latest = new HashMap<>();
    private int burnt;
    private long burningSinceNs;
    private int unanswered;
    private boolean monitored;
    private int unmonitored;
    private long unmonitoredSinceNs;

    /**
     * @param guards how to look
     * @param bystanders the SLO of each bystander, by the name of its stream
     * @param sinceNs what came before is of no concern, monotonic
     */
    StopConditions(Guards guards, Map<String, Slo> bystanders, long sinceNs) throws IOException {
        this.guards = guards;
        this.bystanders = Map.copyOf(bystanders);
        this.requests = guards.requests().open();
        this.sinceNs = sinceNs;
    }

    /**
     * Looks once; the first condition that is met, in words.
     *
     * @param nowNs monotonic
     */
    Optional<String> met(long nowNs) throws InterruptedException {
        Optional<String> silent = silence();
        Optional<String> blind = blindness(nowNs);
        return burning(nowNs)
                .or(() -> guards.pages().since(sinceNs).map(page -> "a page about something else: " + page))
                .or(() -> silent)
                .or(() -> blind);
    }

    /**
     * A Prometheus that answered and then answers no more sees nothing, whatever its rules are: that nobody is told then says
     * nothing about them. One that never answered was told by the survey.
     */
    private Optional<String> blindness(long nowNs) throws InterruptedException {
        if (guards.monitoring().isEmpty()) {
            return Optional.empty();
        }
        if (!(guards.monitoring().get().read() instanceof Reading.Unreadable<String>(String why))) {
            monitored = true;
            unmonitored = 0;
            return Optional.empty();
        }
        if (unmonitored == 0) {
            unmonitoredSinceNs = nowNs;
        }
        unmonitored++;
        return !monitored || unmonitored < IN_A_ROW || nowNs - unmonitoredSinceNs < LASTS.toNanos()
                ? Optional.empty()
                : Optional.of("Prometheus did not answer " + IN_A_ROW + " times in a row: " + why);
    }

    private Optional<String> burning(long nowNs) {
        try {
            requests.next().forEach(this::count);
        } catch (IOException e) {
            return Optional.of("nobody can say how bystanders fare: " + e.getMessage());
        }
        Optional<String> burns = latest.entrySet().stream()
                .filter(stream -> stream.getValue().size() == LATEST)
                .filter(stream -> broken(stream.getValue()) * 2 > LATEST)
                .map(stream -> "bystander " + stream.getKey() + " burns: " + broken(stream.getValue())
                        + " of its latest " + LATEST + " requests broke its SLO, " + IN_A_ROW + " looks in a row")
                .findFirst();
        burnt = burns.isPresent() ? burnt + 1 : 0;
        if (burnt <= 1) {
            burningSinceNs = nowNs;
        }
        return burnt < IN_A_ROW || nowNs - burningSinceNs < LASTS.toNanos() ? Optional.empty() : burns;
    }

    private void count(RequestRecord request) {
        Slo slo = bystanders.get(request.stream());
        if (slo == null || !request.outcome().answeredByPlatform() || request.endNs() < sinceNs) {
            return;
        }
        Deque<Boolean> own = latest.computeIfAbsent(request.stream(), stream -> new ArrayDeque<>());
        own.addLast(Breach.of(request, slo).isPresent());
        if (own.size() > LATEST) {
            own.removeFirst();
        }
    }

    private static long broken(Deque<Boolean> requests) {
        return requests.stream().filter(Boolean::booleanValue).count();
    }

    private Optional<String> silence() throws InterruptedException {
        if (!(guards.heartbeat().read() instanceof Reading.Unreadable<String>(String why))) {
            unanswered = 0;
            return Optional.empty();
        }
        unanswered++;
        return unanswered < IN_A_ROW
                ? Optional.empty()
                : Optional.of("the cluster did not answer " + IN_A_ROW + " times in a row: " + why);
    }
}
