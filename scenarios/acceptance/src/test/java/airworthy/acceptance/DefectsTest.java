package airworthy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each seeded defect changes exactly the findings that its file names, and no other of its scenario. Runs the last one by name
 * of each scenario; with {@code -Ddefects=all} every one.
 */
class DefectsTest {

    static List<Path> underLoad() throws IOException {
        return defects(true);
    }

    static List<Path> withoutLoad() throws IOException {
        return defects(false);
    }

    @ParameterizedTest
    @MethodSource
    @ResourceLock(Shared.TIMED)
    void underLoad(Path file, @TempDir Path temp) throws IOException, InterruptedException {
        assertChangesExactlyTheFindingsItNames(Harness.Priority.TIMED, file, temp);
    }

    @ParameterizedTest
    @MethodSource
    @ResourceLock(value = Shared.TIMED, mode = ResourceAccessMode.READ)
    void withoutLoad(Path file, @TempDir Path temp) throws IOException, InterruptedException {
        assertChangesExactlyTheFindingsItNames(Harness.Priority.BACKGROUND, file, temp);
    }

    private static void assertChangesExactlyTheFindingsItNames(Harness.Priority priority, Path file, Path temp)
            throws IOException, InterruptedException {
        JsonNode defect = Catalogue.yaml(file);
        String scenario = defect.path("scenario").asText();

        Harness.Ended ended = Harness.run(
                priority,
                temp,
                "assess",
                "--defect",
                file.toString(),
                "--time-scale",
                Platform.TIME_SCALE,
                "--runs",
                temp.resolve("runs").toString(),
                Catalogue.scenario(scenario).toString());

        Run run = Run.in(temp.resolve("runs"));
        run.assumeLoadWasOnTime(scenario);
        // the ready platform meets every question: SamePathTest
        SortedMap<String, String> met = run.outcomes();
        met.replaceAll((finding, outcome) -> "met");
        SortedMap<String, String> expected = changed(met, defect);
        if ("met".equals(expected.get(scenario + Run.BASELINE_SLO))) {
            run.assumeSloWasKeptBefore(scenario);
        }
        assertThat(run.outcomes())
                .as("outcomes with %s; other than expected: %s", file, run.messagesOfOthersThan(expected))
                .isEqualTo(expected);
        ended.with(1);
        assertThat(run.scenario(scenario).path("state").asText()).isEqualTo("valid");
        assertThat(run.scenario(scenario).path("landed").toString()).isEqualTo(audit(scenario) ? "null" : "true");
        assertThat(run.card().path("restored").asBoolean()).isTrue();
    }

    /** What the ready platform answers, but for the findings that a defect changes. */
    static SortedMap<String, String> changed(SortedMap<String, String> ready, JsonNode defect) {
        SortedMap<String, String> changed = new TreeMap<>(ready);
        for (JsonNode change : defect.path("changes")) {
            changed.put(change.path("finding").asText(), change.path("to").asText());
        }
        return changed;
    }

    /** The defects of the catalogue whose scenario sends load, or those whose scenario does not. */
    private static List<Path> defects(boolean load) throws IOException {
        SortedMap<String, List<Path>> byScenario = new TreeMap<>();
        for (Path file : Catalogue.defects()) {
            String scenario = Catalogue.yaml(file).path("scenario").asText();
            if (load == Catalogue.yaml(Catalogue.scenario(scenario)).has("load")) {
                byScenario.computeIfAbsent(scenario, first -> new ArrayList<>()).add(file);
            }
        }
        boolean all = System.getProperty("defects", "one-each").equals("all");
        return byScenario.values().stream()
                .flatMap(files -> all ? files.stream() : Stream.of(files.getLast()))
                .toList();
    }

    private static boolean audit(String scenario) throws IOException {
        return Catalogue.yaml(Catalogue.scenario(scenario))
                .path("kind")
                .asText()
                .equals("Audit");
    }
}
