package airworthy.reports.render.json;

import airworthy.model.Fidelity;
import airworthy.model.Finding;
import airworthy.model.PlatformLayer;
import airworthy.model.ScenarioReport;
import airworthy.model.ScenarioReport.Hop;
import airworthy.model.ScenarioReport.HopTime;
import airworthy.model.ScenarioReport.LoadSummary;
import airworthy.model.ScenarioReport.Percentiles;
import airworthy.model.Score;
import airworthy.model.Score.Value;
import airworthy.model.Scorecard;
import airworthy.model.Scorecard.HurtBeforeTold;
import airworthy.model.Verdict;
import airworthy.reports.render.Figures;
import airworthy.reports.render.Matrix;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code scorecard.json}: fixed keys in a fixed order, figures rounded by fixed rules. Safe for use by many threads. */
public final class JsonCard {
    /** Raised when a key changes its meaning or goes away. */
    public static final int FORMAT_VERSION = 1;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ObjectMapper mapper = new ObjectMapper();

    /** The card as JSON, indented by two spaces, with a line feed at its end. */
    public String render(Scorecard card) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        try {
            return mapper.writer(printer)
                            .with(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                            .writeValueAsString(card(card))
                    + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of plain values could not be written as JSON", impossible);
        }
    }

    private static ObjectNode card(Scorecard card) {
        ObjectNode json = NODES.objectNode();
        json.put("formatVersion", FORMAT_VERSION);
        json.put("runId", card.runId());
        json.put("seed", card.seed());
        json.put("harnessVersion", card.harnessVersion());
        json.put("suite", card.suite());
        json.put(
                "purpose",
                switch (card.purpose()) {
                    case ASSESSMENT -> "assessment";
                    case SELF_TEST -> "self-test";
                    case CONTROL -> "control";
                });
        json.set("hurtBeforeTold", hurt(card.hurt()));
        json.put("startedAt", card.startedAt().toString());
        json.put("durationSeconds", Figures.rounded(card.duration().toNanos() / 1e9, 3));
        json.put("timeScale", card.timeScale());
        json.putObject("platform")
                .put("name", card.platform())
                .put("kubernetesVersion", card.kubernetesVersion().orElse(null));
        ArrayNode fidelity = json.putArray("fidelity");
        for (PlatformLayer layer : PlatformLayer.values()) {
            Optional.ofNullable(card.fidelity().get(layer))
                    .map(Fidelity::id)
                    .ifPresent(kind ->
                            fidelity.addObject().put("layer", layer.id()).put("kind", kind));
        }
        json.set("overall", overall(card));
        Matrix matrix = new Matrix(card);
        ArrayNode capabilities = json.putArray("capabilities");
        card.verdicts().forEach(verdict -> capabilities.add(capability(verdict, matrix)));
        ArrayNode scenarios = json.putArray("scenarios");
        card.scenarios().forEach(report -> scenarios.add(scenario(report)));
        json.put("restored", card.restored());
        return json;
    }

    private static ObjectNode hurt(HurtBeforeTold hurt) {
        return NODES.objectNode()
                .put("worstSeconds", hurt.worst().map(JsonCard::seconds).orElse(null))
                .put("medianSeconds", hurt.median().map(JsonCard::seconds).orElse(null))
                .put("requests", hurt.requests())
                .put("neverTold", hurt.neverTold());
    }

    private static BigDecimal seconds(Duration duration) {
        return Figures.rounded(duration.toNanos() / 1e9, 3);
    }

    private static ObjectNode overall(Scorecard card) {
        ObjectNode json = score(NODES.objectNode(), card.overall());
        json.put("grade", card.grade().map(Enum::name).orElse(null));
        return inconclusive(json, card.overall());
    }

    private static ObjectNode score(ObjectNode json, Score score) {
        switch (score.value()) {
            case Value.Points points -> json.put("score", Figures.rounded(points.points(), 2));
            case Value.Inconclusive none -> json.putNull("score");
        }
        return json.put("atLeast", Figures.rounded(score.atLeast(), 2))
                .put("atMost", Figures.rounded(score.atMost(), 2));
    }

    private static ObjectNode inconclusive(ObjectNode json, Score score) {
        return switch (score.value()) {
            case Value.Points points -> json;
            case Value.Inconclusive why -> json.put("inconclusive", why.why());
        };
    }

    private static ObjectNode capability(Verdict verdict, Matrix matrix) {
        ObjectNode json = NODES.objectNode().put("id", verdict.capability().id());
        score(json, verdict.score())
                .put("coverage", Figures.rounded(verdict.coverage().value(), 4));
        inconclusive(json, verdict.score());
        ArrayNode findings = json.putArray("findings");
        for (ScenarioReport report : matrix.scenarios(verdict.capability())) {
            matrix.findings(report).forEach(finding -> findings.add(finding(report, finding)));
        }
        return json;
    }

    private static ObjectNode finding(ScenarioReport report, Finding finding) {
        ObjectNode json = NODES.objectNode()
                .put("scenario", finding.scenario().value())
                .put("question", finding.check().question().id())
                .put("check", finding.check().id())
                .put("outcome", finding.outcome().id())
                .put("message", finding.message())
                .put("severity", report.scenario().severity().id())
                .put("remedy", Matrix.remedy(report, finding).orElse(null));
        return json.set("evidence", texts(finding.evidence()));
    }

    private static ObjectNode scenario(ScenarioReport report) {
        ObjectNode json = NODES.objectNode()
                .put("id", report.scenario().id().value())
                .put("state", report.invalid().isPresent() ? "invalid" : "valid");
        report.invalid().ifPresent(reason -> json.put("reason", reason));
        json.put("injector", report.injector().orElse(null));
        json.put("landed", report.landed().orElse(null));
        json.put("quiet", report.quiet().orElse(null));
        ObjectNode timeline = json.putObject("timeline");
        for (Hop hop : Hop.values()) {
            HopTime time = report.timeline().get(hop);
            String name = hop.name().toLowerCase(Locale.ROOT);
            if (time == null) {
                timeline.putNull(name);
            } else {
                timeline.putObject(name)
                        .put("msSinceOnset", Figures.millis(time.sinceOnset().length()))
                        .put("errorMs", Figures.millis(time.sinceOnset().error()))
                        .put("source", time.source());
            }
        }
        json.set("routedTo", texts(report.routedTo()));
        report.load().ifPresentOrElse(load -> json.set("load", load(load)), () -> json.putNull("load"));
        return json;
    }

    private static ObjectNode load(LoadSummary load) {
        ObjectNode json = NODES.objectNode().put("requests", load.requests());
        ObjectNode outcomes = json.putObject("outcomes");
        load.outcomes().forEach((outcome, count) -> outcomes.put(outcome.id(), count));
        json.set("ttftMs", percentiles(load.firstToken()));
        json.set("gapMs", percentiles(load.gap()));
        return json;
    }

    private static ObjectNode percentiles(Percentiles percentiles) {
        return NODES.objectNode()
                .put("n", percentiles.samples())
                .put("p50", percentiles.p50().map(Figures::millis).orElse(null))
                .put("p90", percentiles.p90().map(Figures::millis).orElse(null))
                .put("p99", percentiles.p99().map(Figures::millis).orElse(null));
    }

    private static ArrayNode texts(List<String> texts) {
        ArrayNode array = NODES.arrayNode();
        texts.forEach(array::add);
        return array;
    }
}
