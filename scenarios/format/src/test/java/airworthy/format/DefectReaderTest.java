package airworthy.format;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.CheckName;
import airworthy.model.Outcome;
import airworthy.model.ScenarioId;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DefectReaderTest {
    private static final String RULES = "groups:\n- expr: by (pod, owner)\n- expr: by (node)\n";

    private final DefectReader reader = new DefectReader(new SchemaCheck());

    @Test
    void aDefectTellsItsEditsAndExactlyTheFindingsThatChange() throws URISyntaxException {
        Defect defect = example();

        assertThat(defect.id()).isEqualTo("alert-without-replica");
        assertThat(defect.scenario()).isEqualTo(new ScenarioId("SRV-4"));
        assertThat(defect.edits()).hasSize(1);
        assertThat(defect.changes())
                .containsExactly(new Defect.FindingChange(new ScenarioId("SRV-4"), CheckName.NAMES, Outcome.NOT_MET));
        assertThat(defect.changes().getFirst().finding()).isEqualTo("SRV-4/attribute/names");
    }

    @Test
    void anEditReplacesItsTextAndNothingElse() throws URISyntaxException {
        Map<String, String> files = Map.of("rules.yml", RULES, "other.yml", "x");

        assertThat(example().apply(files))
                .isEqualTo(new Read.Ok<>(
                        Map.of("rules.yml", RULES.replace("by (pod, owner)", "by (owner)"), "other.yml", "x")));
    }

    @Test
    void anEditThatFitsNowhereOrTwiceOrInNoFileIsTold() throws URISyntaxException {
        assertThat(problems(Map.of("rules.yml", "groups:\n")))
                .containsExactly("rules.yml:1:1: defect alert-without-replica, edits[0]: found it nowhere,"
                        + " expected \"by (pod, owner)\" exactly once");
        assertThat(problems(Map.of("rules.yml", RULES + RULES)))
                .containsExactly("rules.yml:5:9: defect alert-without-replica, edits[0]: found it a second time,"
                        + " expected \"by (pod, owner)\" exactly once");
        assertThat(problems(Map.of("gateway.yaml", "")))
                .containsExactly("rules.yml:1:1: defect alert-without-replica, edits[0]: found no such file,"
                        + " expected one of gateway.yaml");
    }

    @Test
    void aFindingThatNoCheckMakesIsRefused() {
        String text = """
            apiVersion: airworthy/v1
            kind: Defect
            id: d
            scenario: SRV-4
            title: t
            edits: [ { file: f, find: a, replace: "" } ]
            changes:
              - { finding: SRV-4/attribute/name, to: not-met }
              - { finding: SRV-4/detect/names, to: failed }
            """;
        assertThat(reader.read("d.yaml", text).problems())
                .satisfiesExactly(
                        one -> assertThat(one.toString())
                                .startsWith("d.yaml:8:16: changes[0].finding: found \"SRV-4/attribute/name\","
                                        + " expected SCENARIO/one of withstand/baseline-slo"),
                        two -> assertThat(two.path()).isEqualTo("changes[1].finding"),
                        three -> assertThat(three.path()).isEqualTo("changes[1].to"));
    }

    private Defect example() throws URISyntaxException {
        Path file = Path.of(
                Objects.requireNonNull(getClass().getResource("defect.yaml")).toURI());
        Read<Defect> read = reader.read(file);
        assertThat(read.problems()).isEmpty();
        return ((Read.Ok<Defect>) read).value();
    }

    private List<String> problems(Map<String, String> files) throws URISyntaxException {
        return example().apply(files).problems().stream().map(Problem::toString).toList();
    }
}
