package airworthy.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** One line for each thing that happens: for pipes and logs. */
final class PlainProgress implements ProgressView {
    private final PrintWriter out;
    private final LongSupplier nanos;
    private final long begun;

    PlainProgress(PrintWriter out, LongSupplier nanos) {
        this.out = out;
        this.nanos = nanos;
        this.begun = nanos.getAsLong();
    }

    @Override
    public void begin(List<String> scenarios) {
        line("assessing: " + String.join(", ", scenarios));
    }

    @Override
    public void preparing(String step) {
        line(step);
    }

    @Override
    public void expected(String scenario, double seconds) {
        // A line for each scenario that has not begun tells nobody anything.
    }

    @Override
    public void phase(String scenario, String phase) {
        line(scenario + ": " + phase);
    }

    @Override
    public void judged(String scenario, Map<String, String> answers) {
        line(scenario + ": " + new TreeMap<>(answers));
    }

    @Override
    public void end() {
        line("judging");
    }

    private synchronized void line(String text) {
        out.printf(Locale.ROOT, "%6.1f s  %s%n", (nanos.getAsLong() - begun) / 1e9, text);
        out.flush();
    }
}
