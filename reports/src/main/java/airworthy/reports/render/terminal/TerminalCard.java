package airworthy.reports.render.terminal;

import airworthy.model.Capability;
import airworthy.model.Finding;
import airworthy.model.Outcome;
import airworthy.model.Question;
import airworthy.model.ScenarioReport;
import airworthy.model.Score.Value;
import airworthy.model.Scorecard;
import airworthy.model.Verdict;
import airworthy.reports.render.Figures;
import airworthy.reports.render.Headline;
import airworthy.reports.render.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The card as text: first line, matrix, grade, and what to do. Immutable. */
public final class TerminalCard {
    private static final int WIDTH = 100;
    private static final int NAME = 18;
    private static final int CELL = 10;

    private final TerminalStyle style;

    public TerminalCard(TerminalStyle style) {
        this.style = style;
    }

    /** The card, in lines of at most 100 columns, each with a line feed at its end. */
    public String render(Scorecard card) {
        List<String> lines = new ArrayList<>();
        wrap(Headline.of(card), "").forEach(line -> lines.add(style.bold(line)));
        Headline.banner(card).ifPresent(banner -> wrap(banner, "").forEach(line -> lines.add(style.warning(line))));
        lines.addAll(wrap(provenance(card), ""));
        lines.add("");
        matrix(new Matrix(card), lines);
        lines.add("");
        overall(card, lines);
        gaps(card, lines);
        if (!card.restored()) {
            lines.add("");
            wrap("NOT RESTORED: not all that was changed was seen to be as it was; see recover", "")
                    .forEach(line -> lines.add(style.of(Outcome.NOT_MET, line)));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String provenance(Scorecard card) {
        return card.platform()
                + card.kubernetesVersion()
                        .map(version -> ", Kubernetes " + version)
                        .orElse("") + "; "
                + Headline.suite(card) + "; seed " + card.seed() + "; " + Figures.seconds(card.duration())
                + " s; time scale x" + card.timeScale() + "; run " + card.runId();
    }

    private void matrix(Matrix matrix, List<String> lines) {
        StringBuilder head = new StringBuilder(pad("", NAME));
        for (Question question : Question.values()) {
            head.append(pad(question.id(), CELL));
        }
        lines.add((head + "score").stripTrailing());
        for (Verdict verdict : matrix.card().verdicts()) {
            Capability capability = verdict.capability();
            lines.add(style.bold(pad(capability.id(), NAME))
                    + cells(question -> matrix.cell(capability, question))
                    + switch (verdict.score().value()) {
                        case Value.Points points -> Figures.points(points.points());
                        case Value.Inconclusive none -> "inconclusive";
                    });
            for (ScenarioReport report : matrix.scenarios(capability)) {
                lines.add((pad("  " + report.scenario().id(), NAME)
                                + cells(question -> Matrix.answer(report, question))
                                + report.scenario().severity().id())
                        .stripTrailing());
            }
        }
    }

    private String cells(Function<Question, Optional<Outcome>> answers) {
        StringBuilder cells = new StringBuilder();
        for (Question question : Question.values()) {
            cells.append(answers.apply(question)
                    .map(outcome -> style.of(outcome, pad(word(outcome), CELL)))
                    .orElseGet(() -> pad("-", CELL)));
        }
        return cells.toString();
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case MET -> "met";
            case NOT_MET -> "NOT MET";
            case UNKNOWN -> "unknown";
            case NOT_APPLICABLE -> "waived";
        };
    }

    private void overall(Scorecard card, List<String> lines) {
        String overall = switch (card.overall().value()) {
            case Value.Points points ->
                "Overall " + Figures.points(points.points()) + " of 10"
                        + card.grade().map(grade -> ", grade " + grade).orElse("");
            case Value.Inconclusive why -> "Overall inconclusive: " + why.why();
        };
        wrap(overall + " (" + Figures.bounds(card.overall()) + ")", "").forEach(line -> lines.add(style.bold(line)));
    }

    private void gaps(Scorecard card, List<String> lines) {
        Matrix matrix = new Matrix(card);
        for (Outcome outcome : List.of(Outcome.NOT_MET, Outcome.UNKNOWN)) {
            for (ScenarioReport report : card.scenarios()) {
                gap(report, matrix.findings(report), outcome, lines);
            }
        }
    }

    /** A remedy is said once a scenario; a flaw of the whole run is said once in place of each of its findings. */
    private void gap(ScenarioReport report, List<Finding> findings, Outcome outcome, List<String> lines) {
        List<Finding> gaps = findings.stream()
                .filter(finding -> finding.outcome() == outcome)
                .toList();
        if (gaps.isEmpty()) {
            return;
        }
        lines.add("");
        String head = report.scenario().id() + " " + report.scenario().title();
        wrap(head, "").forEach(line -> lines.add(style.bold(line)));
        if (outcome == Outcome.UNKNOWN && report.invalid().isPresent()) {
            say(outcome, report.invalid().get(), lines);
            return;
        }
        for (Finding finding : gaps) {
            say(
                    outcome,
                    finding.check().question().id() + "/" + finding.check().id() + ": " + finding.message(),
                    lines);
        }
        gaps.stream()
                .flatMap(finding -> Matrix.remedy(report, finding).stream())
                .findFirst()
                .ifPresent(remedy -> lines.addAll(wrap("  remedy   " + remedy, " ".repeat(11))));
    }

    private void say(Outcome outcome, String text, List<String> lines) {
        String mark = pad("  " + word(outcome), 11);
        List<String> wrapped = wrap(mark + text, " ".repeat(11));
        lines.add(style.of(outcome, mark) + wrapped.getFirst().substring(mark.length()));
        lines.addAll(wrapped.subList(1, wrapped.size()));
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    /** Breaks at spaces; a word longer than a line is broken where the line ends. */
    static List<String> wrap(String text, String indent) {
        List<String> lines = new ArrayList<>();
        String rest = text.replaceAll("[\\x00-\\x1f\\x7f]", " ").stripTrailing();
        while (rest.length() > WIDTH) {
            int space = rest.lastIndexOf(' ', WIDTH);
            int end = space > indent.length() ? space : WIDTH;
            lines.add(rest.substring(0, end).stripTrailing());
            rest = indent + rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines;
    }
}
