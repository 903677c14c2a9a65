package airworthy.reports.render.allure;

import airworthy.model.Finding;
import airworthy.model.Outcome;
import airworthy.model.ScenarioReport;
import airworthy.model.Scorecard;
import airworthy.model.Severity;
import airworthy.reports.render.Headline;
import airworthy.reports.render.Matrix;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Stage;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.TestResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The files of {@code allure-results}: one for each finding. A finding keeps its history over runs and platforms, because
 * its history id is made of scenario, question and check alone. Safe for use by many threads.
 */
public final class AllureResults {
    private final ObjectMapper mapper = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.NON_EMPTY))
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .addModule(new SimpleModule()
                    .addSerializer(new LowerCase<>(Status.class))
                    .addSerializer(new LowerCase<>(Stage.class)))
            .build();

    /** Each file's content by its name, which holds no path. */
    public SortedMap<String, String> render(Scorecard card) {
        SortedMap<String, String> files = new TreeMap<>();
        Matrix matrix = new Matrix(card);
        for (ScenarioReport report : card.scenarios()) {
            for (Finding finding : matrix.findings(report)) {
                TestResult result = result(card, report, finding);
                files.put(result.getUuid() + "-result.json", json(result));
            }
        }
        return Collections.unmodifiableSortedMap(files);
    }

    private String json(TestResult result) {
        try {
            return mapper.writeValueAsString(result) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a plain result could not be written as JSON", impossible);
        }
    }

    private static TestResult result(Scorecard card, ScenarioReport report, Finding finding) {
        long start = card.startedAt().toEpochMilli();
        return new TestResult()
                .setUuid(uuid(card.runId() + "/" + finding.id()))
                .setHistoryId(uuid(finding.id()))
                .setTestCaseId(finding.id())
                .setFullName(finding.id())
                .setName(
                        finding.check().question().id() + ": " + finding.check().id())
                .setDescription(description(card, report))
                .setLabels(labels(report))
                .setStatus(status(finding.outcome()))
                .setStatusDetails(new StatusDetails().setMessage(message(report, finding)))
                .setStage(Stage.FINISHED)
                .setStart(start)
                .setStop(start + card.duration().toMillis());
    }

    private static List<Label> labels(ScenarioReport report) {
        return List.of(
                label("epic", report.scenario().capability().id()),
                label("feature", report.scenario().id().value()),
                label("story", report.scenario().title()),
                label("severity", severity(report.scenario().severity())));
    }

    private static Label label(String name, String value) {
        return new Label().setName(name).setValue(value);
    }

    /** Allure's own words for how bad a failure is. */
    private static String severity(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "blocker";
            case HIGH -> "critical";
            case MEDIUM -> "normal";
            case LOW -> "minor";
        };
    }

    private static Status status(Outcome outcome) {
        return switch (outcome) {
            case MET -> Status.PASSED;
            case NOT_MET -> Status.FAILED;
            case UNKNOWN -> Status.BROKEN;
            case NOT_APPLICABLE -> Status.SKIPPED;
        };
    }

    private static String description(Scorecard card, ScenarioReport report) {
        return Headline.banner(card).map(banner -> banner + ". ").orElse("")
                + report.scenario().title() + ". " + report.scenario().why();
    }

    private static String message(ScenarioReport report, Finding finding) {
        return finding.message()
                + Matrix.remedy(report, finding)
                        .map(remedy -> "\nRemedy: " + remedy)
                        .orElse("")
                + (finding.evidence().isEmpty() ? "" : "\nEvidence: " + String.join(", ", finding.evidence()));
    }

    private static String uuid(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** Allure writes its words in lower case. */
    private static final class LowerCase<E extends Enum<E>> extends StdScalarSerializer<E> {
        LowerCase(Class<E> type) {
            super(type);
        }

        @Override
        public void serialize(E value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(value.name().toLowerCase(Locale.ROOT));
        }
    }
}
