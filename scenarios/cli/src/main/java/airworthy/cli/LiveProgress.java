package airworthy.cli;

import airworthy.model.Question;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A line for each scenario, drawn over itself: its phase, then its six marks; below them how far all of it is. */
final class LiveProgress implements ProgressView {
    private static final String CLEAR_LINE = "\u001b[2K";

    private final PrintWriter out;
    private final LongSupplier nanos;
    private final long begun;
    private final Map<String, String> lines = new LinkedHashMap<>();
    private final TimeLeft left = new TimeLeft();
    private boolean over;
    private int drawn;

    LiveProgress(PrintWriter out, LongSupplier nanos) {
        this.out = out;
        this.nanos = nanos;
        this.begun = nanos.getAsLong();
    }

    @Override
    public synchronized void begin(List<String> scenarios) {
        scenarios.forEach(scenario -> lines.put(scenario, "waiting"));
        draw();
    }

    /** Stands above the scenarios, as it came before them. */
    @Override
    public synchronized void preparing(String step) {
        if (drawn > 0) {
            out.printf(Locale.ROOT, "\u001b[%dA", drawn);
            drawn = 0;
        }
        out.printf(Locale.ROOT, "%s%s (%.0f s)%n", CLEAR_LINE, step, seconds());
        draw();
    }

    @Override
    public synchronized void expected(String scenario, double seconds) {
        left.expect(scenario, seconds);
        draw();
    }

    @Override
    public synchronized void phase(String scenario, String phase) {
        left.begin(scenario, seconds());
        lines.put(scenario, String.format(Locale.ROOT, "%-9s since %.0f s", phase, seconds()));
        draw();
    }

    @Override
    public synchronized void judged(String scenario, Map<String, String> answers) {
        StringBuilder marks = new StringBuilder();
        for (Question question : Question.values()) {
            marks.append(question.id())
                    .append(' ')
                    .append(mark(answers.get(question.id())))
                    .append("  ");
        }
        left.end(scenario, seconds());
        lines.put(scenario, marks.toString().stripTrailing());
        draw();
    }

    @Override
    public synchronized void end() {
        over = true;
        draw();
    }

    /** So that time goes by where nothing else happens; until the end. */
    void drawEverySecond() {
        try {
            while (tick()) {
                Thread.sleep(Duration.ofSeconds(1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean tick() {
        if (!over) {
            draw();
        }
        return !over;
    }

    private void draw() {
        if (drawn > 0) {
            out.printf(Locale.ROOT, "\u001b[%dA", drawn);
        }
        lines.forEach((scenario, text) -> out.printf(Locale.ROOT, "%s%-28s %s%n", CLEAR_LINE, scenario, text));
        drawn = lines.size();
        String bar = left.bar(seconds());
        if (!bar.isEmpty()) {
            out.printf(Locale.ROOT, "%s%s%n", CLEAR_LINE, bar);
            drawn++;
        }
        out.flush();
    }

    private static String mark(@Nullable String answer) {
        return switch (answer) {
            case null -> "-";
            case "met" -> "✓";
            case "not-met" -> "✗";
            default -> "?";
        };
    }

    private double seconds() {
        return (nanos.getAsLong() - begun) / 1e9;
    }
}
