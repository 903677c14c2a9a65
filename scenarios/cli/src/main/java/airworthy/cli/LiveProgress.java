package airworthy.cli;

import airworthy.model.Question;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A line for each scenario, drawn over itself: its phase, then its six marks. */
final class LiveProgress implements ProgressView {
    private static final String CLEAR_LINE = "\u001b[2K";

    private final PrintWriter out;
    private final LongSupplier nanos;
    private final long begun;
    private final Map<String, String> lines = new LinkedHashMap<>();
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

    @Override
    public synchronized void phase(String scenario, String phase) {
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
        lines.put(scenario, marks.toString().stripTrailing());
        draw();
    }

    @Override
    public synchronized void end() {
        draw();
    }

    private void draw() {
        if (drawn > 0) {
            out.printf(Locale.ROOT, "\u001b[%dA", drawn);
        }
        lines.forEach((scenario, text) -> out.printf(Locale.ROOT, "%s%-28s %s%n", CLEAR_LINE, scenario, text));
        drawn = lines.size();
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
