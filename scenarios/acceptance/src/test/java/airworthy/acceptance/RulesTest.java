package airworthy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The simulated platform tells what its rules tell, and nothing else. */
@ExtendWith(Shared.class)
class RulesTest {
    private static final String RULES = "rules.yml";

    @Test
    void everyRuleIsHeardWhenItsFaultIsMade(ReadyRun ready) throws IOException {
        Map<String, String> rules = new TreeMap<>();
        for (JsonNode rule :
                Catalogue.yaml(Harness.platformConfig().resolve(RULES)).findParents("alert")) {
            rules.put(rule.path("alert").asText(), rule.at("/labels/cause").asText());
        }

        Map<String, String> heard = new TreeMap<>();
        for (JsonNode labels : notifiedLabels(ready.run())) {
            heard.put(labels.path("alertname").asText(), labels.path("cause").asText());
        }

        assertThat(heard).as("causes of the alerts that reached a team").isEqualTo(rules);
    }

    /** What else the judge says of this run is not asked: its load is under way without the machine to itself. */
    @Test
    void withoutRulesEveryFaultStillLandsAndNobodyIsNotified(@TempDir Path temp)
            throws IOException, InterruptedException {
        Path config = Platform.configWith(temp, RULES, rules -> "groups: []\n");
        for (String scenario : experiments()) {
            brief(temp, scenario);
        }

        Run run = assess(temp, config);

        assertThat(notifiedLabels(run)).isEmpty();
        for (String scenario : experiments()) {
            run.assumeLoadWasOnTime(scenario);
            assertThat(run.scenario(scenario).path("landed").asBoolean())
                    .as("%s landed; %s", scenario, run.scenario(scenario).path("reason"))
                    .isTrue();
            assertThat(run.outcomes())
                    .hasEntrySatisfying(
                            scenario + "/detect/notified-in-time",
                            outcome -> assertThat(outcome).isNotEqualTo("met"));
        }
    }

    private static List<JsonNode> notifiedLabels(Run run) throws IOException {
        return run.journal().stream()
                .filter(record -> record.path("type").asText().equals("notified"))
                .map(record -> record.at("/data/alert/labels"))
                .toList();
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

    /**
     * Puts a copy of a scenario into the suite that holds its fault no longer than its longest deadline, all of them in minutes.
     * Its baseline stays: the shorter it is, the more is sent.
     */
    private static void brief(Path temp, String scenario) throws IOException {
        Path file = Catalogue.scenario(scenario);
        JsonNode read = Catalogue.yaml(file);
        int longest = read.path("expect").findValuesAsText("within").stream()
                .mapToInt(within -> Integer.parseInt(within.replaceFirst("m$", "")))
                .max()
                .orElseThrow();
        String baseline = read.at("/phases/baseline").asText();
        Path suite = Files.createDirectories(temp.resolve("suite"));
        Files.writeString(
                suite.resolve(file.getFileName()),
                Files.readString(file)
                        .replaceFirst(
                                "phases: .*",
                                "phases: { baseline: " + baseline + ", hold: " + longest + "m, heal: 4m }"));
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
}
