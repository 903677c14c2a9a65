package airworthy.format;

import static airworthy.format.SchemaSource.keys;
import static airworthy.format.SchemaSource.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import airworthy.format.journal.JournalCodec;
import airworthy.model.Alert;
import airworthy.model.AlertState;
import airworthy.model.Capability;
import airworthy.model.Cause;
import airworthy.model.Dimension;
import airworthy.model.Event;
import airworthy.model.Fidelity;
import airworthy.model.History;
import airworthy.model.Layer;
import airworthy.model.Need;
import airworthy.model.ObjectRef;
import airworthy.model.Outcome;
import airworthy.model.Phase;
import airworthy.model.PlatformLayer;
import airworthy.model.Presence;
import airworthy.model.Question;
import airworthy.model.RequestOutcome;
import airworthy.model.Role;
import airworthy.model.ScenarioId;
import airworthy.model.Severity;
import airworthy.model.Stamp;
import airworthy.model.Target;
import airworthy.model.Undo;
import airworthy.model.UndoState;
import airworthy.model.UndoStep;
import airworthy.model.WorkloadRef;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaCheckTest {
    private static final ScenarioId SRV4 = new ScenarioId("SRV-4");
    private static final ObjectRef CLAIM = new ObjectRef("v1", "ResourceClaim", Optional.of("x"), "burst-0");
    private static final UndoStep DELETE = new UndoStep("SRV-4/0", SRV4, new Undo.DeleteCreated(CLAIM, "x1"));
    private static final UndoStep LEVER =
            new UndoStep("SRV-4/1", SRV4, new Undo.PutLeverBack(URI.create("http://127.0.0.1:1/l"), "20", "1"));
    private static final UndoStep FIELD =
            new UndoStep("SRV-4/2", SRV4, new Undo.RestoreField(CLAIM, "/spec/x", "1", "absent"));

    private static final UndoStep LOAD = new UndoStep("GW-2/0", SRV4, new Undo.StopLoad("GW-2/chat/burst", 15));

    private final SchemaCheck check = new SchemaCheck();

    static List<Event> events() {
        Event.Embedded file = Embedding.of("platform.yaml", "kind: Platform\n");
        return List.of(
                new Event.RunStarted("r1", 7, "0.1.0", "v1-preview", 49, file, List.of(file)),
                new Event.ControlRun(List.of(SRV4)),
                new Event.Surveyed(
                        Map.of(Need.PROMETHEUS, new Event.PartFound(Presence.UNREADABLE, "found HTML")),
                        Optional.empty(),
                        Set.of(PlatformLayer.KUBERNETES),
                        new TreeMap<>(Map.of("scrape", 1_000_000_000L)),
                        List.of("infra-pager")),
                new Event.Planned(
                        SRV4,
                        new Target(
                                "chat",
                                Map.of(Dimension.REPLICA, "chat-0"),
                                Map.of(),
                                Optional.of("chat"),
                                Optional.empty(),
                                List.of()),
                        "mock",
                        Set.of(Layer.ENGINE_METRICS),
                        List.of("set lever")),
                new Event.PhaseBegan(SRV4, Phase.BASELINE),
                new Event.UndoPlanned(SRV4, List.of(DELETE, LEVER, FIELD, LOAD)),
                new Event.UndoMoved(SRV4, "SRV-4/0", UndoState.APPLYING, ""),
                new Event.FaultApplied(SRV4),
                new Event.ContrastApplied(SRV4),
                new Event.ContrastFailed(SRV4, "the lever is gone"),
                new Event.ReplicaAsked(SRV4, "chat-0", RequestOutcome.HTTP_5XX, "503, out of memory"),
                new Event.LandedSeen(SRV4, Layer.CLIENT, true, "gap 80 ms"),
                new Event.SignalSampled(SRV4, "token-latency", "chat-0", Double.NaN, "s"),
                new Event.ClaimAsked(SRV4, Event.ClaimPurpose.NEXT_TENANT, CLAIM, 2, true, OptionalInt.empty(), ""),
                new Event.DeviceSeen(
                        new ScenarioId("SCH-2"),
                        "gpu.nvidia.com/gpu-1/gpu-0",
                        Event.DeviceStanding.WITHDRAWN,
                        List.of(),
                        new TreeMap<>(Map.of("uid-1", "team-a/chat-0-gpu"))),
                new Event.PodsSeen(
                        new ScenarioId("SCH-2"),
                        "gpu-1",
                        List.of(new Event.PodSeen(
                                "team-a",
                                "chat-0",
                                "uid-2",
                                Optional.of("gpu-1"),
                                true,
                                Event.PodCondition.READY,
                                0,
                                List.of("gpu.nvidia.com/gpu-1/gpu-0")))),
                new Event.TwinSeen(
                        SRV4,
                        "chat-1",
                        List.of(new Event.PodSeen(
                                "team-a",
                                "chat-1-0",
                                "uid-3",
                                Optional.empty(),
                                true,
                                Event.PodCondition.NOT_READY,
                                2,
                                List.of()))),
                new Event.DevicesHeld(
                        SRV4,
                        "x",
                        Optional.empty(),
                        OptionalInt.of(2),
                        OptionalInt.empty(),
                        new TreeMap<>(Map.of("b", 1))),
                new Event.AuditRead(
                        SRV4,
                        1,
                        2,
                        List.of(new Event.AuditGroup("x", OptionalInt.of(429), "", 3, 0, 0)),
                        Optional.of("the log was rotated")),
                new Event.NodeDevicesSeen(
                        SRV4,
                        "gpu-1",
                        true,
                        new TreeMap<>(Map.of("d", Event.DeviceStanding.TAINTED)),
                        new TreeMap<>(Map.of("uid", "a/claim"))),
                new Event.DriverSeen(SRV4, "gpu-1", "1.0.0", "2.0.0", "mismatch"),
                new Event.AlertSeen(
                        AlertState.SUPPRESSED,
                        new Alert(Map.of("alertname", "A"), Map.of()),
                        List.of(),
                        Optional.empty()),
                new Event.Notified("pager", true, new Alert(Map.of("alertname", "A"), Map.of())),
                new Event.SourceUnreadable("prometheus", "refused"),
                new Event.RunbookFetched("http://x/y", OptionalInt.of(200), "page"),
                new Event.OwnersFound(SRV4, new WorkloadRef("a", "deployment", "b"), new TreeMap<>(Map.of("pod", "x"))),
                new Event.DeviceTraced(SRV4, "d", List.of("claim c"), Optional.empty()),
                new Event.LoadOn(SRV4, "SRV-4/target", "chat", Event.LoadRole.BYSTANDER, 2.5),
                new Event.LoadOff(SRV4, "SRV-4/target"),
                new Event.LoadRecorded("load/requests.jsonl", Embedding.sha256(""), 900),
                new Event.Stopped(SRV4, "bystander"),
                new Event.Invalid(SRV4, "not landed"),
                new Event.ScenarioEnded(SRV4),
                new Event.RunEnded(true));
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyJournalRecordKeepsItsSchema(Event event) {
        assertThat(check.check(SchemaCheck.JOURNAL, "journal.jsonl", line(event)))
                .isEmpty();
    }

    @Test
    void theJournalSchemaKnowsEveryTypeOfEvent() {
        assertThat(words(SchemaCheck.JOURNAL, "/properties/type/enum"))
                .containsExactlyInAnyOrderElementsOf(events().stream()
                        .map(event -> event.getClass().getSimpleName())
                        .map(name -> name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT))
                        .toList())
                .hasSize((int) leaves(Event.class).count());
    }

    @Test
    void aBadRecordIsFoundOnItsLineOfTheJournal() {
        String good = line(new Event.FaultApplied(SRV4));
        String bad = line(new Event.RunEnded(true)).replace("\"restored\":true", "\"restored\":\"yes\"");
        assertThat(check.check(SchemaCheck.JOURNAL, "journal.jsonl", good + "\n" + bad + "\n"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.line()).isEqualTo(2);
                    assertThat(problem.path()).isEqualTo("data.restored");
                    assertThat(problem.expected()).isEqualTo("true or false");
                });
    }

    @Test
    void eachUndoKeepsItsSchemaAndNoneMayLackItsPriorState() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        JsonNode steps = mapper.readTree(line(new Event.UndoPlanned(SRV4, List.of(DELETE, LEVER, FIELD, LOAD))))
                .at("/data/steps");
        assertThat(steps).hasSize(4);
        for (JsonNode step : steps) {
            assertThat(check.check(SchemaCheck.UNDO, "undo.json", step.toString()))
                    .isEmpty();
        }
        String without = steps.get(1).toString().replaceAll(",\"prior\":\"1\"", "");
        assertThat(check.check(SchemaCheck.UNDO, "undo.json", without))
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).isEqualTo("undo.prior"));
    }

    @Test
    void aLoadRecordKeepsItsSchema() {
        String record = """
            {"stream":"SRV-4/target","number":0,"outcome":"ok","status":200,"replica":"chat-0","intendedNs":1,
             "startNs":2,"writeNs":3,"headersNs":4,"contentNs":[5,6],"endNs":7,"completionTokens":2}
            """;
        assertThat(check.check(SchemaCheck.LOAD, "requests.jsonl", record + record))
                .isEmpty();
        assertThat(check.check(SchemaCheck.LOAD, "requests.jsonl", record.replace("\"ok\"", "\"fine\"")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).isEqualTo("outcome"));
    }

    @Test
    void aScorecardKeepsItsSchema() throws IOException {
        String card = resource("scorecard.json");
        assertThat(check.check(SchemaCheck.SCORECARD, "scorecard.json", card)).isEmpty();
        assertThat(check.check(
                        SchemaCheck.SCORECARD,
                        "scorecard.json",
                        card.replace("\"outcome\": \"met\"", "\"outcome\": \"pass\"")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).isEqualTo("capabilities[0].findings[0].outcome"));
        assertThat(check.check(SchemaCheck.SCORECARD, "scorecard.json", card.replace("\"restored\": true", "\"x\": 1")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).isEqualTo("restored"));
    }

    @Test
    void theClosedListsOfTheSchemasAreThoseOfTheLanguage() {
        String expect = "/properties/expect/properties";
        assertList(SchemaCheck.SCENARIO, "/properties/metadata/properties/capability/enum", Capability.values());
        assertList(SchemaCheck.SCENARIO, "/properties/metadata/properties/severity/enum", Severity.values());
        assertList(SchemaCheck.SCENARIO, "/properties/needs/items/enum", Need.values());
        assertList(SchemaCheck.SCENARIO, expect + "/attribute/properties/cause/enum", Cause.values());
        assertList(SchemaCheck.SCENARIO, expect + "/attribute/properties/names/items/enum", Dimension.values());
        assertThat(words(SchemaCheck.SCENARIO, expect + "/route/properties/to/enum"))
                .containsExactlyElementsOf(
                        Arrays.stream(Role.values()).map(Role::id).toList());
        assertThat(keys(SchemaCheck.SCENARIO, expect))
                .containsExactlyElementsOf(
                        Arrays.stream(Question.values()).map(Question::id).toList());
        assertThat(keys(SchemaCheck.SCENARIO, "/properties/faults/items/properties"))
                .containsExactlyInAnyOrderElementsOf(Faults.kinds());
        assertThat(keys(SchemaCheck.PLATFORM, "/properties/fidelity/properties"))
                .containsExactlyElementsOf(Arrays.stream(PlatformLayer.values())
                        .map(PlatformLayer::id)
                        .toList());
        assertList(SchemaCheck.PLATFORM, "/properties/fidelity/properties/serving/enum", Fidelity.values());
        assertList(
                SchemaCheck.PLATFORM, "/properties/alerts/properties/causes/additionalProperties/enum", Cause.values());
        assertThat(keys(SchemaCheck.PLATFORM, "/properties/alerts/properties/labels/properties"))
                .containsExactlyElementsOf(
                        Arrays.stream(Dimension.values()).map(Dimension::id).toList());
        assertList(SchemaCheck.DEFECT, "/properties/changes/items/properties/to/enum", Outcome.values());
        assertList(SchemaCheck.LOAD, "/properties/outcome/enum", RequestOutcome.values());
        assertList(SchemaCheck.JOURNAL, "/$defs/undo-moved/properties/state/enum", UndoState.values());
        assertList(SchemaCheck.JOURNAL, "/$defs/phase-began/properties/phase/enum", Phase.values());
    }

    @Test
    void anUnknownSchemaIsOurOwnMistake() {
        assertThatThrownBy(() -> check.check("nothing.v1", "x.yaml", "a: 1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing.v1");
    }

    private static void assertList(String schema, String pointer, Enum<?>[] values) {
        assertThat(words(schema, pointer))
                .containsExactlyElementsOf(Arrays.stream(values)
                        .map(value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .toList());
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(SchemaCheckTest::leaves)
                : Stream.of(type);
    }

    private static String line(Event event) {
        Stamp at = new Stamp("harness", 123, Instant.parse("2026-11-21T10:00:00.5Z"), 250);
        return new JournalCodec().write(new History.Entry(1, at, event));
    }

    private static String resource(String name) throws IOException {
        try (var stream = SchemaCheckTest.class.getResourceAsStream(name)) {
            assertThat(stream).as(name).isNotNull();
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
