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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulated platform tells what its rules tell, and nothing else. */
class RulesTest {
    private static final String RULES = "rules.yml";

    static List<String> alerts() throws IOException {
        return Catalogue.yaml(Harness.platformConfig().resolve(RULES)).findValuesAsText("alert");
    }

    @Test
    void withoutRulesEveryFaultStillLandsAndNoneIsDetected(@TempDir Path temp)
            throws IOException, InterruptedException {
        Path config = config(temp, "groups: []\n");
        for (String scenario : experiments()) {
            brief(temp, scenario);
        }

        Run run = assess(temp, config);

        for (String scenario : experiments()) {
            assertThat(run.scenario(scenario).path("landed").asBoolean())
                    .as("%s landed", scenario)
                    .isTrue();
            assertThat(run.outcomes()).containsEntry(scenario + "/detect/notified-in-time", "not-met");
        }
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void withoutOneRuleItsFaultIsNotDetected(String alert, @TempDir Path temp)
            throws IOException, InterruptedException {
        JsonNode rules = Catalogue.yaml(Harness.platformConfig().resolve(RULES));
        String scenario = scenarioOf(remove(alert, rules).at("/labels/cause").asText());
        brief(temp, scenario);

        Run run = assess(temp, config(temp, new YAMLMapper().writeValueAsString(rules)));

        assertThat(run.outcomes()).containsEntry(scenario + "/detect/notified-in-time", "not-met");
        assertThat(run.scenario(scenario).path("landed").asBoolean())
                .as("landed")
                .isTrue();
    }

    private static Run assess(Path temp, Path config) throws IOException, InterruptedException {
        try (Platform platform = Platform.start(Harness.Priority.BACKGROUND, temp, config)) {
            Harness.run(
                            Harness.Priority.BACKGROUND,
                            temp,
                            "assess",
                            "--platform",
                            platform.profile().toString(),
                            "--runs",
                            temp.resolve("runs").toString(),
                            temp.resolve("suite").toString())
                    .with(1);
        }
        return Run.in(temp.resolve("runs"));
    }

    /** Puts a copy of a scenario into the suite with phases as short as it takes to see that nobody was told. */
    private static void brief(Path temp, String scenario) throws IOException {
        Path file = Catalogue.scenario(scenario);
        String text = Files.readString(file);
        String within = Catalogue.yaml(file).at("/expect/detect/within").asText();
        Path suite = Files.createDirectories(temp.resolve("suite"));
        Files.writeString(
                suite.resolve(file.getFileName()),
                text.replaceFirst("phases: .*", "phases: { baseline: 30s, hold: " + within + ", heal: 3m }"));
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
