package airworthy.reports.render.html;

import airworthy.model.Capability;
import airworthy.model.Fidelity;
import airworthy.model.Outcome;
import airworthy.model.PlatformLayer;
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

/** The card as one page that needs nothing else: first line and matrix, then all that stands behind each cell. */
public final class HtmlCard {
    /** Opens what a link points to, and everything before printing; without it readers open it by hand. */
    private static final String SCRIPT = """
        <script>
        const reveal = () => { const e = document.getElementById(decodeURIComponent(location.hash.slice(1)));
          if (e && e.closest("details")) { e.closest("details").open = true; e.scrollIntoView({block: "center"}); } };
        addEventListener("hashchange", reveal); addEventListener("load", reveal);
        addEventListener("beforeprint", () => document.querySelectorAll("details").forEach(d => d.open = true));
        </script>
        """;

    private final PageHead head;

    /** Reads the style sheet that ships beside this class. */
    public HtmlCard() {
        head = PageHead.read();
    }

    /** The card as a page. */
    public String render(Scorecard card) {
        Markup page = head.begin("Airworthy: " + card.platform());
        page.element("div", List.of("class", "sheet"), sheet -> {
            Headline.banner(card)
                    .ifPresent(banner -> sheet.element("div", List.of("class", "self-test"), banner)
                            .line());
            sheet.element("main", List.of(), main -> content(main, card));
        });
        return page.raw("\n" + SCRIPT + "</body>\n</html>\n").toString();
    }

    private static void content(Markup page, Scorecard card) {
        Matrix matrix = new Matrix(card);
        top(page, card);
        page.element("div", List.of("class", "scroll"), scroll -> table(scroll, matrix));
        card.verdicts().forEach(verdict -> capability(page, matrix, verdict));
        provenance(page, card);
    }

    private static void top(Markup page, Scorecard card) {
        if (!card.restored()) {
            page.element(
                    "p",
                    List.of("class", "alarm"),
                    "Not restored: not all that was changed was seen to be as it was. Run recover before anything"
                            + " else.");
        }
        page.element(
                "div",
                List.of("class", "top"),
                top -> top.element(
                                "div",
                                List.of(),
                                words -> words.element("h1", List.of(), unbroken(Headline.of(card)))
                                        .element(
                                                "p",
                                                List.of("class", "soft"),
                                                card.platform() + " \u00b7 " + Headline.suite(card))
                                        .element(
                                                "p",
                                                List.of("class", "soft small"),
                                                "Seconds are wall seconds; phases and budgets ran at time scale x"
                                                        + card.timeScale()))
                        .element("div", List.of("class", "grade"), grade -> grade(grade, card)));
        page.line();
    }

    private static void grade(Markup page, Scorecard card) {
        switch (card.overall().value()) {
            case Value.Points points ->
                page.element("b", List.of(), card.grade().map(Enum::name).orElse("-"))
                        .element("p", List.of(), Figures.points(points.points()) + " of 10");
            case Value.Inconclusive why ->
                page.element("b", List.of("class", "word"), "Inconclusive")
                        .element("p", List.of("class", "small"), why.why());
        }
        page.element("p", List.of("class", "soft small"), Figures.bounds(card.overall()));
    }

    private static void table(Markup page, Matrix matrix) {
        page.element("table", List.of(), table -> {
            table.element(
                    "thead",
                    List.of(),
                    head -> head.element("tr", List.of(), row -> {
                        row.element("th", List.of("scope", "col"), "capability");
                        for (Question question : Question.values()) {
                            row.element("th", List.of("scope", "col"), question.id());
                        }
                        row.element("th", List.of("scope", "col"), "score")
                                .element("th", List.of("scope", "col"), "bounds");
                    }));
            table.element(
                    "tbody",
                    List.of(),
                    body -> matrix.card().verdicts().forEach(verdict -> row(body, matrix, verdict)));
        });
        page.line();
    }

    private static void row(Markup page, Matrix matrix, Verdict verdict) {
        page.line().element("tr", List.of(), row -> {
            row.element("th", List.of("scope", "row"), verdict.capability().id());
            for (Question question : Question.values()) {
                Optional<Outcome> outcome = matrix.cell(verdict.capability(), question);
                if (outcome.isEmpty()) {
                    row.element("td", List.of("class", "none", "aria-label", "not asked"), "\u2013");
                } else {
                    row.element(
                            "td",
                            List.of(),
                            cell -> cell.element(
                                    "a",
                                    List.of(
                                            "class",
                                            outcome.get().id(),
                                            "href",
                                            "#" + worst(matrix, verdict.capability(), question, outcome.get())),
                                    ScenarioSection.word(outcome.get())));
                }
            }
            row.element(
                    "td",
                    List.of("class", "num"),
                    switch (verdict.score().value()) {
                        case Value.Points points -> Figures.points(points.points());
                        case Value.Inconclusive none -> "inconclusive";
                    });
            row.element(
                    "td",
                    List.of("class", "num soft small"),
                    Figures.points(verdict.score().atLeast()) + " \u2013 "
                            + Figures.points(verdict.score().atMost()));
        });
    }

    /** A cell leads to the scenario that made it what it is. */
    private static String worst(Matrix matrix, Capability capability, Question question, Outcome outcome) {
        return matrix.scenarios(capability).stream()
                .filter(report -> Matrix.answer(report, question).equals(Optional.of(outcome)))
                .findFirst()
                .map(report -> ScenarioSection.anchor(report, question))
                .orElse("");
    }

    private static void capability(Markup page, Matrix matrix, Verdict verdict) {
        List<ScenarioReport> reports = matrix.scenarios(verdict.capability());
        if (reports.isEmpty()) {
            return;
        }
        page.element("h2", List.of(), verdict.capability().id());
        page.element(
                "p",
                List.of("class", "soft small"),
                switch (verdict.score().value()) {
                            case Value.Points points ->
                                Figures.points(points.points()) + " of 10, " + Figures.bounds(verdict.score());
                            case Value.Inconclusive why ->
                                "inconclusive: " + why.why() + "; " + Figures.bounds(verdict.score());
                        }
                        + "; coverage " + verdict.coverage());
        reports.forEach(report -> new ScenarioSection(report, matrix.findings(report)).write(page));
    }

    private static void provenance(Markup page, Scorecard card) {
        List<String> fidelity = new ArrayList<>();
        for (PlatformLayer layer : PlatformLayer.values()) {
            Optional.ofNullable(card.fidelity().get(layer))
                    .map(Fidelity::id)
                    .ifPresent(kind -> fidelity.add(layer.id() + " " + kind));
        }
        page.element("h2", List.of(), "What this card is of");
        page.element("dl", List.of("class", "small"), facts -> {
            fact(facts, "fidelity", fidelity.isEmpty() ? "not declared" : String.join(", ", fidelity));
            fact(facts, "Kubernetes", card.kubernetesVersion().orElse("not known"));
            fact(facts, "run", card.runId() + ", seed " + card.seed());
            fact(facts, "started", card.startedAt() + ", took " + Figures.seconds(card.duration()) + " s");
            fact(facts, "harness", card.harnessVersion());
        });
    }

    private static void fact(Markup page, String name, String value) {
        page.element("dt", List.of(), name).element("dd", List.of(), value);
    }

    /** A number and its unit stay on one line. */
    private static String unbroken(String sentence) {
        return sentence.replaceAll("(\\d) s\\b", "$1\u00a0s");
    }
}
