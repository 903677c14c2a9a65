package airworthy.cli;

import airworthy.assembly.LoadRun;
import airworthy.load.LoadProgress;
import airworthy.load.measures.Distribution;
import airworthy.load.measures.Measure;
import airworthy.load.measures.Measures;
import airworthy.load.measures.SummaryText;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** How a load goes on: a line a second, drawn over itself where a person looks on. */
final class LoadProgressLine implements LoadRun.Progress {
    private final PrintWriter out;
    private final boolean over = Terminals.interactive();

    LoadProgressLine(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void second(Duration sinceBegun, LoadProgress counted, Measures measured) {
        String line = String.format(
                Locale.ROOT,
                "%4d s  %,d scheduled, %,d in flight  first token %s  gap %s  %s",
                Math.round(sinceBegun.toMillis() / 1000.0),
                counted.scheduled(),
                counted.inFlight(),
                median(measured.of(Measure.FIRST_TOKEN_FROM_INTENDED)),
                median(measured.of(Measure.GAP)),
                SummaryText.outcomes(counted.outcomes()));
        if (over) {
            out.print("\r\u001b[2K" + line);
        } else {
            out.println(line);
        }
        out.flush();
    }

    @Override
    public void preparing(String words) {
        out.println(words);
        out.flush();
    }

    private static String median(Distribution distribution) {
        String p50 = SummaryText.milliseconds(distribution.percentileNs(50));
        String p99 = SummaryText.milliseconds(distribution.percentileNs(99));
        return p50 + "/" + p99 + " ms (p50/p99)";
    }
}
