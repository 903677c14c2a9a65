package airworthy.cli;

import airworthy.load.Demand;
import airworthy.load.Trace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much load is asked for, and for how long. */
final class DemandOptions {
    private static final Duration USUAL_LENGTH = Duration.ofSeconds(60);

    @Option(
            names = "--rate",
            paramLabel = "N/s",
            description =
                    "requests scheduled per second, whatever the server does; A..B/s goes from one rate to another,"
                            + " A,B,C/s takes one after the other")
    private @Nullable String rate;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            description =
                    "in place of a rate: so many users, each of whom asks again as soon as it was answered; a slow"
                            + " server is then asked less")
    private @Nullable Integer concurrency;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = "in place of a rate: the arrivals and lengths of a trace: BurstGPT's CSV, that of Azure's LLM"
                    + " traces, or Mooncake's JSONL")
    private @Nullable Path trace;

    @Option(
            names = "--speed",
            defaultValue = "1",
            paramLabel = "X",
            description = "how many times as fast a trace is replayed (default: ${DEFAULT-VALUE})")
    private double speed;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description = "for how long requests are scheduled (default: 60s, or the whole trace)")
    private @Nullable String duration;

    /** What was asked for, once it was read. */
    record Asked(Demand demand, Duration duration) {
        /** How many requests must be able to be under way, so that none is skipped by the client's own rule. */
        int leastUsers() {
            // a user that was answered parks only after the next one was taken
            return demand instanceof Demand.Concurrency(int askers) ? 2 * askers : 1;
        }
    }

    /** Reads them; empty if a problem was added. */
    Optional<Asked> read(List<String> problems) {
        long ways = Stream.of(rate, concurrency, trace).filter(Objects::nonNull).count();
        if (ways != 1) {
            problems.add("load: found %s of --rate, --concurrency and --trace, expected one"
                    .formatted(ways == 0 ? "none" : Long.toString(ways)));
            return Optional.empty();
        }
        if (trace != null) {
            return replay(trace, problems);
        }
        Optional<Duration> length = length(USUAL_LENGTH, problems);
        Optional<? extends Demand> demand = concurrency != null
                ? users(concurrency, problems)
                : rate(Objects.requireNonNull(rate), length.orElse(USUAL_LENGTH), problems);
        return demand.flatMap(asked -> length.map(time -> new Asked(asked, time)));
    }

    private static Optional<Demand.Rate> rate(String text, Duration over, List<String> problems) {
        Optional<Demand.Rate> read = DemandText.parse(text, over);
        if (read.isEmpty()) {
            problems.add("load: --rate: found " + text + ", expected " + DemandText.EXPECTED);
        }
        return read;
    }

    private static Optional<Demand.Concurrency> users(int users, List<String> problems) {
        if (users < 1) {
            problems.add("load: --concurrency: found " + users + ", expected 1 or more");
            return Optional.empty();
        }
        return Optional.of(new Demand.Concurrency(users));
    }

    private Optional<Asked> replay(Path file, List<String> problems) {
        if (!(speed > 0) || Double.isInfinite(speed)) {
            problems.add("load: --speed: found " + speed + ", expected a number above 0");
            return Optional.empty();
        }
        try {
            // the last request must be due before the time is over
            Duration whole = Duration.ofNanos(
                            Math.round(Trace.read(file).length().toNanos() / speed))
                    .plusMillis(1);
            Demand replay = new Demand.Replay(file.toAbsolutePath().toString(), speed);
            return length(whole, problems).map(time -> new Asked(replay, time));
        } catch (IOException e) {
            problems.add("load: --trace: " + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Duration> length(Duration usual, List<String> problems) {
        return duration == null ? Optional.of(usual) : TimeOption.read("load", "--duration", duration, problems);
    }
}
