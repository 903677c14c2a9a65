package airworthy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each seeded defect changes exactly the findings that its file names, and no other of its scenario. */
@ExtendWith(Shared.class)
class DefectsTest {

    static List<Path> defects() throws IOException {
        return Catalogue.defects();
    }

    @ParameterizedTest
    @MethodSource("defects")
    void changesExactlyTheFindingsItNames(Path file, ReadyRun ready, @TempDir Path temp)
            throws IOException, InterruptedException {
        JsonNode defect = Catalogue.yaml(file);
        String scenario = defect.path("scenario").asText();

        Harness.Ended ended = Harness.run(
                temp,
                "assess",
                "--defect",
                file.toString(),
                "--time-scale",
                Platform.TIME_SCALE,
                "--runs",
                temp.resolve("runs").toString(),
                Catalogue.scenario(scenario).toString());

        ended.with(1);
        Run run = Run.in(temp.resolve("runs"));
        SortedMap<String, String> expected = changed(ready.outcomesOf(scenario), defect);
        assertThat(run.outcomes())
                .as("outcomes with %s; other than expected: %s", file, run.messagesOfOthersThan(expected))
                .isEqualTo(expected);
        assertThat(run.scenario(scenario).path("state").asText()).isEqualTo("valid");
        assertThat(run.scenario(scenario).path("landed").toString()).isEqualTo(audit(scenario) ? "null" : "true");
        assertThat(run.card().path("restored").asBoolean()).isTrue();
    }

    private static SortedMap<String, String> changed(SortedMap<String, String> ready, JsonNode defect) {
        SortedMap<String, String> changed = new TreeMap<>(ready);
        for (JsonNode change : defect.path("changes")) {
            changed.put(change.path("finding").asText(), change.path("to").asText());
        }
        return changed;
    }

    private static boolean audit(String scenario) throws IOException {
        return Catalogue.yaml(Catalogue.scenario(scenario))
                .path("kind")
                .asText()
                .equals("Audit");
    }
}
