package airworthy.cli;

import airworthy.assembly.CannotAssessException;
import airworthy.assembly.LoadRun;
import airworthy.load.measures.LoadSummary;
import airworthy.load.measures.Measure;
import airworthy.load.measures.SummaryText;
import airworthy.load.pods.LeftBehindException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Lets a load run to its end, or to Ctrl-C, and tells what was measured. */
final class MeasuredLoad {
    private static final Map<String, String> FILES = new TreeMap<>(Map.of(
            "load.html", "page",
            "summary.json", "figures",
            "latencies.hlog", "histograms"));

    private final String name;
    private final PrintWriter out;
    private final PrintWriter err;

    /** What runs. */
    @FunctionalInterface
    interface Load {
        /**
         * Runs.
         *
         * @param stop asked now and then whether to end early
         * @throws CannotAssessException for what the user can mend
         * @throws LeftBehindException when something is left on a cluster
         */
        LoadSummary run(LoadRun.Progress progress, BooleanSupplier stop)
                throws CannotAssessException, LeftBehindException, IOException, InterruptedException;
    }

    /** @param name of the command */
    MeasuredLoad(String name, PrintWriter out, PrintWriter err) {
        this.name = name;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs it.
     *
     * @param folder where it leaves its files
     * @return the exit code
     */
    int tell(Path folder, Load load) throws IOException, InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch told = new CountDownLatch(1);
        Thread hook = new Thread(() -> stopAndTell(stop, told), "airworthy-load-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return tell(folder, load.run(new LoadProgressLine(out), stop::get));
        } catch (CannotAssessException e) {
            e.problems().forEach(err::println);
            return orLeftBehind(e, ExitCode.BAD_INPUT);
        } catch (IOException e) {
            err.println(name + ": " + e.getMessage());
            return orLeftBehind(e, ExitCode.INCONCLUSIVE);
        } catch (LeftBehindException e) {
            err.println(name + ": the load was measured, and its files are in " + folder);
            return orLeftBehind(e, ExitCode.NOT_RESTORED);
        } finally {
            told.countDown();
            remove(hook);
        }
    }

    /** Says what is left on a cluster, if anything is: that wins over whatever else went wrong. */
    private int orLeftBehind(Throwable thrown, ExitCode otherwise) {
        Optional<LeftBehindException> left = leftBehind(thrown);
        left.ifPresent(behind -> err.println(name + ": " + behind.getMessage()));
        return (left.isPresent() ? ExitCode.NOT_RESTORED : otherwise).code();
    }

    private static Optional<LeftBehindException> leftBehind(Throwable thrown) {
        if (thrown instanceof LeftBehindException left) {
            return Optional.of(left);
        }
        return Stream.concat(Stream.ofNullable(thrown.getCause()), Stream.of(thrown.getSuppressed()))
                .flatMap(each -> leftBehind(each).stream())
                .findFirst();
    }

    private int tell(Path folder, LoadSummary summary) throws IOException {
        out.println();
        SummaryText.lines(summary).forEach(out::println);
        out.println();
        try (Stream<Path> files = Files.list(folder)) {
            files.sorted()
                    .forEach(file -> out.printf(
                            "%-12s%s%n", FILES.getOrDefault(file.getFileName().toString(), "requests"), file));
        }
        out.flush();
        boolean answered = summary.measures().of(Measure.ANSWER).count() > 0;
        return answered && summary.trust().trusted() ? ExitCode.READY.code() : ExitCode.INCONCLUSIVE.code();
    }

    /** Ctrl-C: the process goes down once the summary was told. */
    private static void stopAndTell(AtomicBoolean stop, CountDownLatch told) {
        stop.set(true);
        try {
            told.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is already going down, and waits for what was told
        }
    }
}
