package airworthy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each part is taken away in turn: what depends on it is not met, with what to do about it, and not unknown. Once because the
 * profile says that it is not there, and once because it was looked for and the cluster has no such thing.
 */
@ExtendWith(Shared.class)
class AbsentPartsTest {
    /** A key of the profile with all that is indented below it. */
    private static final String PART = "(?m)^%s:.*\n( .*\n)*";

    private static final List<String> ALERTS = List.of(
            "SCH-1/detect/notified-in-time",
            "SCH-1/detect/quiet",
            "SCH-1/attribute/cause",
            "SCH-1/attribute/names",
            "SCH-1/attribute/runbook",
            "SCH-1/route/owner",
            "SCH-1/route/nobody-else",
            "SCH-1/contain/no-bystander-alert",
            "SCH-1/recover/alert-resolves");

    @Test
    @ResourceLock(Shared.PLATFORM)
    void noAlertmanagerByTheProfile(Platform platform, @TempDir Path temp) throws IOException, InterruptedException {
        SortedMap<String, JsonNode> findings =
                assess(temp, declaredAbsent(platform.profile(), temp, "alertmanager"), "SCH-1");

        notMet(findings, "alertmanager is absent: declared so in the profile", ALERTS);
        assertThat(finding(findings, "SCH-1/withstand/excess-refused")
                        .path("outcome")
                        .asText())
                .isEqualTo("met");
    }

    @Test
    void noAlertmanagerInTheCluster(@TempDir Path temp) throws IOException, InterruptedException {
        Path config = copyOfTheConfig(temp);
        edit(config.resolve("platform.yaml"), PART.formatted("alertmanager"), "");
        edit(config.resolve("simulated/50-monitoring.yaml"), documents("alertmanager"), "");

        notMet(assess(temp, config, "SCH-1"), "looked for in vain: Services labelled or named alertmanager", ALERTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GW-2", "POL-3"})
    @ResourceLock(Shared.PLATFORM)
    void noGatewayByTheProfile(String scenario, Platform platform, @TempDir Path temp)
            throws IOException, InterruptedException {
        SortedMap<String, JsonNode> findings =
                assess(temp, declaredAbsent(platform.profile(), temp, "gateway"), scenario);

        notMet(findings, "gateway is absent: declared so in the profile", List.copyOf(findings.keySet()));
    }

    @Test
    void noGatewayInTheCluster(@TempDir Path temp) throws IOException, InterruptedException {
        Path config = copyOfTheConfig(temp);
        edit(config.resolve("platform.yaml"), PART.formatted("gateway"), "");
        Files.delete(config.resolve("simulated/60-gateway.yaml"));

        SortedMap<String, JsonNode> findings = assess(temp, config, "SRV-4");

        notMet(findings, "looked for in vain: Gateways before an InferencePool", List.copyOf(findings.keySet()));
    }

    @Test
    void noOwnerKeys(@TempDir Path temp) throws IOException, InterruptedException {
        Path config = copyOfTheConfig(temp);
        try (Stream<Path> manifests = Files.list(config.resolve("cluster"))) {
            for (Path manifest : manifests.toList()) {
                Files.writeString(manifest, Files.readString(manifest).replaceAll("(, )?\\bowner: [a-z-]+", ""));
            }
        }

        SortedMap<String, JsonNode> findings = assess(temp, config, "OWN-1");

        notMet(findings, "carries none of the keys owner", List.copyOf(findings.keySet()));
    }

    @Test
    void noQuota(@TempDir Path temp) throws IOException, InterruptedException {
        Path config = copyOfTheConfig(temp);
        Files.delete(config.resolve("cluster/40-quotas.yaml"));

        SortedMap<String, JsonNode> findings = assess(temp, config, "SCH-1");

        notMet(findings, "has no quota for devices: nothing limits it", List.of("SCH-1/withstand/never-above-quota"));
        notMet(
                findings,
                "",
                List.of(
                        "SCH-1/withstand/excess-refused",
                        "SCH-1/detect/notified-in-time",
                        "SCH-1/attribute/names",
                        "SCH-1/route/owner"));
    }

    private static void notMet(Map<String, JsonNode> findings, String why, List<String> expected) {
        assertThat(expected).isNotEmpty();
        for (String each : expected) {
            JsonNode finding = finding(findings, each);
            assertThat(finding.path("outcome").asText())
                    .as("%s: %s", each, finding)
                    .isEqualTo("not-met");
            assertThat(finding.path("message").asText()).as(each).contains(why);
            assertThat(finding.path("remedy").asText()).as("remedy of %s", each).isNotBlank();
        }
    }

    private static JsonNode finding(Map<String, JsonNode> findings, String finding) {
        return Objects.requireNonNull(findings.get(finding), () -> finding + " among " + findings.keySet());
    }

    /** By {@code SCENARIO/question/check}. Where a config is given, on a platform with that one. */
    private static SortedMap<String, JsonNode> assess(Path temp, Path profileOrConfig, String scenario)
            throws IOException, InterruptedException {
        if (!Files.isDirectory(profileOrConfig)) {
            return run(temp, profileOrConfig, scenario);
        }
        try (Platform platform = Platform.start(Harness.Priority.BACKGROUND, temp, profileOrConfig)) {
            return run(temp, platform.profile(), scenario);
        }
    }

    private static SortedMap<String, JsonNode> run(Path temp, Path profile, String scenario)
            throws IOException, InterruptedException {
        Path runs = temp.resolve("runs");
        Harness.run(
                        Harness.Priority.BACKGROUND,
                        temp,
                        "assess",
                        "--platform",
                        profile.toString(),
                        "--runs",
                        runs.toString(),
                        Catalogue.scenario(scenario).toString())
                .with(1);
        SortedMap<String, JsonNode> findings = new TreeMap<>();
        for (JsonNode capability : Run.in(runs).card().path("capabilities")) {
            for (JsonNode finding : capability.path("findings")) {
                findings.put(
                        String.join(
                                "/",
                                finding.path("scenario").asText(),
                                finding.path("question").asText(),
                                finding.path("check").asText()),
                        finding);
            }
        }
        return findings;
    }

    private static Path declaredAbsent(Path profile, Path temp, String part) throws IOException {
        Path copy = Files.copy(profile, temp.resolve("platform.yaml"));
        edit(copy, PART.formatted(part), part + ": absent\n");
        return copy;
    }

    private static Path copyOfTheConfig(Path temp) throws IOException {
        Path from = Harness.platformConfig();
        Path to = temp.resolve("config");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }

    /** Whole documents of a file about objects of one name. */
    private static String documents(String name) {
        return "(?s)apiVersion: [^\\n]+\\nkind: [A-Za-z]+\\nmetadata:\\n  name: " + name
                + "\\n((?!\\n---).)*\\n(---\\n)?";
    }

    private static void edit(Path file, String found, String instead) throws IOException {
        String text = Files.readString(file);
        String edited = text.replaceAll(found, instead);
        assertThat(edited).as("%s without %s", file, found).isNotEqualTo(text);
        Files.writeString(file, edited);
    }
}
