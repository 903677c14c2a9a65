package airworthy.mocks.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import airworthy.mocks.monitoring.ConfigException;
import airworthy.mocks.monitoring.ConfigFile;
import airworthy.mocks.promql.Labels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertmanagerConfigReaderTest {
    private static final String CONFIG = """
        route:
          receiver: fallback
          group_by: ['...']
          routes:
            - {match: {team: infra}, receiver: infra, continue: true}
            - receiver: pages
              matchers: ['severity=~"page|critical"', team!="test"]
              group_by: [alertname, team]
              group_wait: 1s
              routes:
                - {matchers: ['{alertname="Gpu", zone=""}'], receiver: gpu}
            - {match_re: {team: 'te.*'}, receiver: tests}
        receivers: [{name: fallback}, {name: infra}, {name: pages}, {name: gpu}, {name: tests, email_configs: []}]
        """;
    private static final List<Map<String, String>> SAMPLES = List.of(
            Map.of("alertname", "A"),
            Map.of("alertname", "Gpu", "severity", "page"),
            Map.of("alertname", "Gpu", "severity", "page", "zone", "z"),
            Map.of("alertname", "A", "severity", "critical", "team", "infra"),
            Map.of("alertname", "A", "severity", "page", "team", "test"),
            Map.of("alertname", "A", "severity", "pages", "team", "infra"));

    private static Route root() {
        return AlertmanagerConfigReader.read(new ConfigFile("alertmanager.yml", CONFIG))
                .route();
    }

    private static String receivers(Map<String, String> labels) {
        return root().match(Labels.of(labels)).stream().map(Route::receiver).collect(Collectors.joining(","));
    }

    @Test
    void routesByMatchersOfBothSyntaxesWithContinueAndInheritance() {
        assertThat(SAMPLES.stream().map(AlertmanagerConfigReaderTest::receivers))
                .containsExactly("fallback", "gpu", "pages", "infra,pages", "tests", "infra");
    }

    @Test
    void amtoolRoutesTheSameWay(@TempDir Path folder) throws IOException, InterruptedException {
        Path config = Files.writeString(folder.resolve("alertmanager.yml"), CONFIG);
        for (Map<String, String> sample : SAMPLES) {
            List<String> command =
                    new ArrayList<>(List.of("amtool", "config", "routes", "test", "--config.file=" + config));
            sample.forEach((label, value) -> command.add(label + "=" + value));
            assertThat(output(command)).isEqualTo(receivers(sample));
        }
    }

    private static String output(List<String> command) throws IOException {
        try {
            Process process = new ProcessBuilder(command).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            System.out.println("not proven here: that routing equals Alertmanager's own (amtool is not installed)");
            Assumptions.abort("amtool is not installed");
            throw e;
        }
    }

    @Test
    void refusesUnknownKeysAndOtherReceiversByNameAndPlace() {
        assertThatThrownBy(() -> AlertmanagerConfigReader.read(
                        new ConfigFile("alertmanager.yml", CONFIG.replace("group_wait", "group_weight"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("alertmanager.yml:9:7")
                .hasMessageContaining("found key \"group_weight\"");
        assertThatThrownBy(() -> AlertmanagerConfigReader.read(
                        new ConfigFile("alertmanager.yml", CONFIG.replace("email_configs: []", "email_configs: [{}]"))))
                .hasMessageContaining("found email_configs, expected webhook_configs");
    }

    @Test
    void aFiringSourceMutesTargetsThatAgreeButNotItself() {
        InhibitRule rule = new InhibitRule(
                new Matchers(Matchers.parse("severity=critical")),
                new Matchers(Matchers.parse("severity=~\"critical|warning\"")),
                List.of("node"));
        Alert source = alert(Map.of("severity", "critical", "node", "n1"));
        assertThat(rule.muting(Labels.of(Map.of("severity", "warning", "node", "n1")), List.of(source)))
                .contains(source);
        assertThat(rule.muting(Labels.of(Map.of("severity", "warning", "node", "n2")), List.of(source)))
                .isEmpty();
        assertThat(rule.muting(source.labels(), List.of(source))).isEmpty();
    }

    private static Alert alert(Map<String, String> labels) {
        return new Alert(
                Labels.of(labels), Labels.EMPTY, Instant.EPOCH, Instant.MAX, Instant.EPOCH, "", Alert.Ending.STATED);
    }
}
