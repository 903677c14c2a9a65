package airworthy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulated platform tells what its rules tell, and nothing else. */
@ExtendWith(Shared.class)
class RulesTest {
    private static final String RULES = "rules.yml";

    static List<String> alerts() throws IOException {
        return Catalogue.yaml(Harness.platformConfig().resolve(RULES)).findValuesAsText("alert");
    }

    @Test
    void withoutRulesEveryFaultStillLandsAndNoneIsDetected(@TempDir Path temp)
            throws IOException, InterruptedException {
        Path config = config(temp, "groups: []\n");
        Path suite = Catalogue.folder();

        Run run = assess(temp, config, suite);

        for (String scenario : experiments()) {
            assertThat(run.scenario(scenario).path("landed").asBoolean())
                    .as("%s landed", scenario)
                    .isTrue();
            assertThat(run.outcomes()).containsEntry(scenario + "/detect/notified-in-time", "not-met");
        }
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void withoutOneRuleSomeFindingChanges(String alert, ReadyRun ready, @TempDir Path temp)
            throws IOException, InterruptedException {
        JsonNode rules = Catalogue.yaml(Harness.platformConfig().resolve(RULES));
        String scenario = scenarioOf(remove(alert, rules).at("/labels/cause").asText());

        Run run = assess(temp, config(temp, new YAMLMapper().writeValueAsString(rules)), Catalogue.scenario(scenario));

        SortedMap<String, String> outcomes = run.outcomes();
        assertThat(outcomes).isNotEqualTo(ready.outcomesOf(scenario)).containsValue("not-met");
        assertThat(run.scenario(scenario).path("landed").asBoolean())
                .as("landed")
                .isTrue();
    }

    private static Run assess(Path temp, Path config, Path suite) throws IOException, InterruptedException {
        try (Platform platform = Platform.start(temp, config)) {
            Harness.run(
                            temp,
                            "assess",
                            "--platform",
                            platform.profile().toString(),
                            "--runs",
                            temp.resolve("runs").toString(),
                            suite.toString())
                    .with(1);
        }
        return Run.in(temp.resolve("runs"));
    }

    private static JsonNode remove(String alert, JsonNode rules) {
        for (JsonNode group : rules.path("groups")) {
            Iterator<JsonNode> each = ((ArrayNode) group.path("rules")).iterator();
            while (each.hasNext()) {
                JsonNode rule = each.next();
                if (rule.path("alert").asText().equals(alert)) {
                    each.remove();
                    return rule;
                }
            }
        }
        throw new IllegalArgumentException("no rule " + alert + " in " + rules);
    }

    /** The configuration that ships, with other rules. */
    private static Path config(Path temp, String rules) throws IOException {
        Path config = temp.resolve("config");
        try (Stream<Path> files = Files.walk(Harness.platformConfig())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = config.resolve(Harness.platformConfig().relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        Files.writeString(config.resolve(RULES), rules);
        return config;
    }

    private static List<String> experiments() throws IOException {
        List<String> ids = new ArrayList<>();
        for (Path file : Catalogue.scenarios()) {
            JsonNode scenario = Catalogue.yaml(file);
            if (scenario.path("kind").asText().equals("Scenario")) {
                ids.add(scenario.at("/metadata/id").asText());
            }
        }
        return ids;
    }

    private static String scenarioOf(String cause) throws IOException {
        for (Path file : Catalogue.scenarios()) {
            JsonNode scenario = Catalogue.yaml(file);
            if (scenario.at("/expect/attribute/cause").asText().equals(cause)) {
                return scenario.at("/metadata/id").asText();
            }
        }
        throw new IOException("no scenario's cause is " + cause);
    }
}
