package airworthy.assembly;

import airworthy.load.EngineHealth;
import airworthy.load.SenderClock;
import airworthy.load.measures.IntervalLog;
import airworthy.load.measures.LoadSettings;
import airworthy.load.measures.LoadSummary;
import airworthy.load.measures.Measures;
import airworthy.load.measures.Seconds;
import airworthy.load.measures.SummaryJson;
import airworthy.load.measures.TimeLine;
import airworthy.load.measures.Trust;
import airworthy.model.RequestRecord;
import airworthy.model.Slo;
import airworthy.reports.render.html.LoadPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Measures a load while it is sent, and leaves its files in a folder. What is kept in memory does not grow with the number of
 * requests. For one thread.
 */
final class Measuring implements AutoCloseable {
    private static final String HISTOGRAMS = "latencies.hlog";
    private static final String SUMMARY = "summary.json";
    private static final String PAGE = "load.html";

    private final Path folder;
    private final LoadSettings settings;
    private final IntervalLog histograms;
    private final TimeLine timeLine = new TimeLine();
    private final Measures whole;
    private final Seconds seconds;
    private long firstNs = Long.MAX_VALUE;
    private long lastNs = Long.MIN_VALUE;

    private Measuring(Path folder, LoadSettings settings, Slo slo, IntervalLog histograms) {
        this.folder = folder;
        this.settings = settings;
        this.histograms = histograms;
        this.whole = new Measures(slo);
        this.seconds = new Seconds(System.nanoTime(), slo, List.of(histograms, timeLine));
    }

    /**
     * Makes the folder of a load that is sent from this machine.
     *
     * @throws CannotAssessException if the installation is not whole, or the folder holds files
     */
    static void prepare(Installation installation, Path folder) throws CannotAssessException, IOException {
        Optional<String> broken = installation.problem();
        if (broken.isPresent()) {
            throw new CannotAssessException(broken.get());
        }
        prepare(folder);
    }

    /**
     * Makes the folder of a load.
     *
     * @throws CannotAssessException if it holds files
     */
    static void prepare(Path folder) throws CannotAssessException, IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                if (files.findAny().isPresent()) {
                    throw new CannotAssessException(
                            folder + ": found files in it, expected a new or empty folder; name another with --out");
                }
            }
        }
        Files.createDirectories(folder);
    }

    /** Begins: the first second of the time line is the one from now on. */
    static Measuring begin(Path folder, LoadSettings settings, Slo slo) throws IOException {
        return new Measuring(folder, settings, slo, IntervalLog.open(folder.resolve(HISTOGRAMS), settings.begun()));
    }

    /** Takes in requests that have ended. */
    void take(List<RequestRecord> requests) {
        for (RequestRecord request : requests) {
            whole.add(request);
            seconds.add(request);
            firstNs = Math.min(firstNs, request.intendedNs());
            lastNs = Math.max(lastNs, request.endNs());
        }
    }

    /** Of all that was taken in so far; goes on changing. */
    Measures whole() {
        return whole;
    }

    /**
     * Writes summary and page. Nothing may be taken in after it.
     *
     * @param health what the client saw of itself
     * @param clocks of its senders
     */
    LoadSummary finish(EngineHealth health, List<SenderClock> clocks) throws IOException {
        seconds.close();
        LoadSummary summary = new LoadSummary(
                settings,
                Duration.ofNanos(Math.max(0, lastNs - firstNs)),
                whole,
                health,
                clocks,
                Trust.of(whole, health),
                timeLine.points());
        Files.writeString(folder.resolve(SUMMARY), SummaryJson.write(summary));
        Files.writeString(folder.resolve(PAGE), new LoadPage().render(summary));
        return summary;
    }

    @Override
    public void close() throws IOException {
        histograms.close();
    }
}
