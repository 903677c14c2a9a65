package airworthy.acceptance;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * What a run left, or is leaving, in its folder.
 *
 * @param folder {@code runs/<time>-<id>}
 */
record Run(Path folder) {
    /** The finding about the time before a fault, behind its scenario. */
    static final String BASELINE_SLO = "/withstand/baseline-slo";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Far above what a run takes to get anywhere. */
    private static final Duration LIMIT = Duration.ofSeconds(90);

    /** The only run below a folder. */
    static Run in(Path runs) throws IOException {
        return below(runs).orElseThrow(() -> new IOException("found no run below " + runs + ", expected one"));
    }

    /** Waits until the journal of the only run below a folder satisfies a condition. */
    static Run awaitJournal(Harness harness, Path runs, Predicate<List<JsonNode>> condition) {
        await("the journal below " + runs)
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .failFast("the run ended before", () -> !harness.process().isAlive())
                .until(() -> {
                    Optional<Run> run = below(runs);
                    return run.isPresent() && condition.test(run.get().journal());
                });
        return below(runs).orElseThrow();
    }

    private static Optional<Run> below(Path runs) {
        if (!Files.isDirectory(runs)) {
            return Optional.empty();
        }
        try (Stream<Path> children = Files.list(runs)) {
            return children.filter(child -> Files.exists(child.resolve("journal.jsonl")))
                    .findFirst()
                    .map(Run::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path journalFile() {
        return folder.resolve("journal.jsonl");
    }

    /** Every whole record so far. */
    List<JsonNode> journal() throws IOException {
        String text = Files.readString(journalFile());
        List<JsonNode> records = new ArrayList<>();
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
            records.add(JSON.readTree(line));
        }
        return records;
    }

    /** {@code scorecard.json}. */
    JsonNode card() throws IOException {
        return JSON.readTree(folder.resolve("scorecard.json").toFile());
    }

    /** One scenario of {@code scorecard.json}. */
    JsonNode scenario(String id) throws IOException {
        for (JsonNode scenario : card().path("scenarios")) {
            if (scenario.path("id").asText().equals(id)) {
                return scenario;
            }
        }
        throw new IOException(folder + ": found no scenario " + id + " on the card");
    }

    /** Every finding's outcome, by {@code SCENARIO/question/check}. */
    SortedMap<String, String> outcomes() throws IOException {
        return findings("outcome");
    }

    /** The same of one scenario. */
    SortedMap<String, String> outcomesOf(String scenario) throws IOException {
        SortedMap<String, String> outcomes = outcomes();
        outcomes.keySet().removeIf(finding -> !finding.startsWith(scenario + "/"));
        return outcomes;
    }

    /** What findings say whose outcome is another than expected, by {@code SCENARIO/question/check}. */
    SortedMap<String, String> messagesOfOthersThan(Map<String, String> expected) throws IOException {
        SortedMap<String, String> messages = new TreeMap<>(findings("message"));
        SortedMap<String, String> outcomes = outcomes();
        messages.keySet().removeIf(finding -> Objects.equals(outcomes.get(finding), expected.get(finding)));
        return messages;
    }

    /**
     * Skips the test where the load of a scenario was not sent on time, and says so: on a machine that stood still its
     * figures are no evidence, for or against. The main job is not spared: there it is a failure.
     */
    void assumeLoadWasOnTime(String scenario) throws IOException {
        Optional<String> late = loadWasLate(scenario);
        if (late.isPresent()) {
            String unproven = "not proven: " + late.get();
            System.out.println(unproven);
            Assumptions.abort(unproven);
        }
    }

    /** A finding of a scenario that is unknown because its load was not sent on time, in words, if there is one. */
    Optional<String> loadWasLate(String scenario) throws IOException {
        SortedMap<String, String> messages = findings("message");
        return outcomesOf(scenario).entrySet().stream()
                .filter(finding -> finding.getValue().equals("unknown"))
                .map(finding -> finding.getKey() + ": this machine was not quiet: "
                        + Objects.requireNonNullElse(messages.get(finding.getKey()), ""))
                .filter(words -> words.contains("the load generator"))
                .findFirst();
    }

    /** The same where the platform did not keep its SLO before the fault, and is not expected to fail to. */
    void assumeSloWasKeptBefore(String scenario) throws IOException {
        if ("not-met".equals(outcomes().get(scenario + BASELINE_SLO))) {
            String unproven = "not proven: " + scenario
                    + " under load: without a fault the platform did not keep its SLO:" + " this machine was not quiet";
            System.out.println(unproven);
            Assumptions.abort(unproven);
        }
    }

    private SortedMap<String, String> findings(String field) throws IOException {
        SortedMap<String, String> findings = new TreeMap<>();
        for (JsonNode capability : card().path("capabilities")) {
            for (JsonNode finding : capability.path("findings")) {
                findings.put(
                        String.join(
                                "/",
                                finding.path("scenario").asText(),
                                finding.path("question").asText(),
                                finding.path("check").asText()),
                        finding.path(field).asText());
            }
        }
        return findings;
    }
}
