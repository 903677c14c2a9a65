package airworthy.reports.render.html;

import airworthy.model.Finding;
import airworthy.model.Outcome;
import airworthy.model.Question;
import airworthy.model.ScenarioReport;
import airworthy.model.ScenarioReport.LoadSummary;
import airworthy.model.ScenarioReport.Percentiles;
import airworthy.reports.render.Figures;
import airworthy.reports.render.Headline;
import airworthy.reports.render.Matrix;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** All that a card says of one scenario: what happened when, and each finding with its evidence. */
final class ScenarioSection {
    private final ScenarioReport report;
    private final List<Finding> findings;

    ScenarioSection(ScenarioReport report, List<Finding> findings) {
        this.report = report;
        this.findings = List.copyOf(findings);
    }

    /** Where the findings of a question stand on the page. */
    static String anchor(ScenarioReport report, Question question) {
        return report.scenario().id() + "-" + question.id();
    }

    static String word(Outcome outcome) {
        return outcome == Outcome.NOT_APPLICABLE ? "waived" : outcome.id().replace('-', ' ');
    }

    void write(Markup page) {
        page.element("section", List.of("class", "card"), card -> {
            card.element(
                    "h3",
                    List.of(),
                    report.scenario().id() + " \u00b7 " + report.scenario().title());
            card.element("p", List.of("class", "soft small"), report.scenario().why());
            report.invalid()
                    .ifPresent(why -> card.element("p", List.of("class", "alarm"), "Counts as unknown: " + why));
            facts(card);
            if (!report.timeline().isEmpty()) {
                Timeline.draw(card, report.timeline());
            }
            for (Question question : Question.values()) {
                Matrix.answer(report, question).ifPresent(outcome -> question(card, question, outcome));
            }
        });
        page.line();
    }

    private void facts(Markup page) {
        page.element("dl", List.of("class", "small"), facts -> {
            fact(facts, "severity", Optional.of(report.scenario().severity().id()));
            fact(facts, "target", report.target());
            fact(facts, "injector", report.injector());
            fact(facts, "landed", report.landed().map(landed -> landed ? "yes, seen to hold" : "no"));
            fact(facts, "quiet", report.quiet().map(quiet -> quiet ? "yes" : "no, alerts without a fault"));
            fact(
                    facts,
                    "routed to",
                    Optional.of(String.join(", ", report.routedTo())).filter(routes -> !routes.isEmpty()));
            fact(facts, "load", report.load().map(ScenarioSection::load));
            fact(facts, "generator", report.load().flatMap(LoadSummary::distrust));
        });
    }

    private static void fact(Markup page, String name, Optional<String> value) {
        value.ifPresent(text -> page.element("dt", List.of(), name).element("dd", List.of(), text));
    }

    private static String load(LoadSummary load) {
        StringBuilder text = new StringBuilder(Headline.counted(load.requests(), "request", "requests"));
        load.outcomes()
                .forEach((outcome, count) -> text.append(", ")
                        .append(String.format(Locale.ROOT, "%,d ", count))
                        .append(outcome.id()));
        return text.append("; first token ")
                .append(percentiles(load.firstToken()))
                .append("; gap ")
                .append(percentiles(load.gap()))
                .toString();
    }

    private static String percentiles(Percentiles percentiles) {
        String figures = percentile("p50", percentiles.p50())
                + percentile(", p90", percentiles.p90())
                + percentile(", p99", percentiles.p99());
        return figures.isEmpty() ? "not known (n = " + percentiles.samples() + ")" : figures;
    }

    private static String percentile(String name, Optional<Duration> value) {
        return value.map(time ->
                        name + " " + Figures.rounded(time.toNanos() / 1e6, 1).toPlainString() + " ms")
                .orElse("");
    }

    private void question(Markup page, Question question, Outcome outcome) {
        List<String> shown = outcome == Outcome.NOT_MET ? List.of("open", "") : List.of();
        page.element("details", shown, details -> {
            details.element(
                    "summary",
                    List.of(),
                    summary -> summary.element("b", List.of(), question.id())
                            .element("span", List.of("class", "tag " + outcome.id()), word(outcome)));
            details.element(
                    "div",
                    List.of("id", anchor(report, question)),
                    inside -> findings.stream()
                            .filter(finding -> finding.check().question() == question)
                            .forEach(finding -> finding(inside, finding)));
        });
        page.line();
    }

    private void finding(Markup page, Finding finding) {
        page.element("div", List.of("class", "finding"), div -> {
            div.element(
                    "p",
                    List.of(),
                    line -> line.element(
                                    "span",
                                    List.of("class", "tag " + finding.outcome().id()),
                                    word(finding.outcome()))
                            .text(" ")
                            .element("b", List.of(), finding.check().id())
                            .text(": " + finding.message()));
            Matrix.remedy(report, finding)
                    .ifPresent(remedy -> div.element("p", List.of("class", "remedy"), "Remedy: " + remedy));
            if (!finding.evidence().isEmpty()) {
                div.element(
                        "p",
                        List.of(),
                        line -> line.element("code", List.of(), "evidence " + String.join(", ", finding.evidence())));
            }
        });
    }
}
