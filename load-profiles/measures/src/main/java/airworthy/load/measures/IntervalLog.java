package airworthy.load.measures;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * An HdrHistogram interval log: for each second and measure one histogram in nanoseconds, tagged with the measure's name, so that any
 * window of a run can be put together exactly with HdrHistogram's own tools. For one thread.
 */
public final class IntervalLog implements Seconds.Sink, AutoCloseable {
    /** The largest value of an interval is written in milliseconds, as the format's legend is used to. */
    private static final double NS_IN_MS = 1e6;

    private final PrintStream out;
    private final HistogramLogWriter log;

    private IntervalLog(PrintStream out, Instant begun) {
        this.out = out;
        this.log = new HistogramLogWriter(out);
        log.outputComment("[values in ns, largest of an interval in ms; tags: load-profiles/README.md]");
        log.outputLogFormatVersion();
        log.outputStartTime(begun.toEpochMilli());
        log.outputLegend();
    }

    /**
     * Begins a log.
     *
     * @param file which must not exist
     * @param begun when the first second begins
     * @throws IOException when it cannot be made
     */
    public static IntervalLog open(Path file, Instant begun) throws IOException {
        return new IntervalLog(
                new PrintStream(
                        Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), false, StandardCharsets.UTF_8),
                begun);
    }

    @Override
    public void over(long second, Measures measures) {
        for (Measure measure : Measure.values()) {
            Distribution distribution = measures.of(measure);
            if (distribution.count() > 0) {
                Histogram histogram = distribution.histogram();
                histogram.setTag(measure.id());
                log.outputIntervalHistogram((double) second, second + 1.0, histogram, NS_IN_MS);
            }
        }
    }

    /**
     * Writes what is left.
     *
     * @throws IOException when not all of it could be written
     */
    @Override
    public void close() throws IOException {
        boolean failed = out.checkError();
        out.close();
        if (failed) {
            throw new IOException("the histogram log could not be written whole; is the disk full?");
        }
    }
}
