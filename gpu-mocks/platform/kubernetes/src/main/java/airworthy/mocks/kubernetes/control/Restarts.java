package airworthy.mocks.kubernetes.control;

import airworthy.mocks.kubernetes.runtime.ContainerExit;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * How often the containers of a pod ended by themselves, and how the last one did.
 *
 * @param exits how many times
 * @param last the last time
 */
record Restarts(int exits, Optional<Ended> last) {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(10);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    static final Restarts NONE = new Restarts(0, Optional.empty());

    /** One time. */
    record Ended(ContainerExit exit, Instant started, Instant finished) {}

    Restarts and(Ended ended) {
        return new Restarts(exits + 1, Optional.of(ended));
    }

    /** The kubelet's own: at once after the first time, then 10 s, and twice as long each further time up to 5 min. */
    Duration pause() {
        if (exits < 2) {
            return Duration.ZERO;
        }
        Duration doubled = FIRST_WAIT.multipliedBy(1L << Math.min(exits - 2, 10));
        return doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
    }

    /** Writes the count of restarts, of which one is under way or done, and how the last run ended. */
    void write(ObjectNode containerStatus, int restarts) {
        containerStatus.put("restartCount", restarts);
        last.ifPresent(ended -> containerStatus
                .putObject("lastState")
                .putObject("terminated")
                .put("exitCode", ended.exit().code())
                .put("reason", ended.exit().code() == 0 ? "Completed" : "Error")
                .put("message", ended.exit().text())
                .put("startedAt", seconds(ended.started()))
                .put("finishedAt", seconds(ended.finished())));
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
