package airworthy.format.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import airworthy.model.Alert;
import airworthy.model.AlertState;
import airworthy.model.Dimension;
import airworthy.model.Event;
import airworthy.model.History;
import airworthy.model.Layer;
import airworthy.model.Need;
import airworthy.model.ObjectRef;
import airworthy.model.Phase;
import airworthy.model.PlatformLayer;
import airworthy.model.Presence;
import airworthy.model.RequestOutcome;
import airworthy.model.ScenarioId;
import airworthy.model.Stamp;
import airworthy.model.Target;
import airworthy.model.Undo;
import airworthy.model.UndoState;
import airworthy.model.UndoStep;
import airworthy.model.WorkloadRef;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JournalTest {
    private static final ScenarioId SRV4 = new ScenarioId("SRV-4");
    private static final Stamp AT = new Stamp("harness", 123_456_789, Instant.parse("2026-11-21T10:00:00.5Z"), 250);
    private static final ObjectRef CLAIM =
            new ObjectRef("resource.k8s.io/v1", "ResourceClaim", Optional.of("tenant-x"), "burst-0");

    static List<Event> oneOfEachType() {
        return List.of(
                new Event.RunStarted(
                        "r1",
                        7,
                        "0.1.0",
                        "v1-preview",
                        49,
                        new Event.Embedded("platform.yaml", "ab", "kind: Platform\n"),
                        List.of(new Event.Embedded("SRV-4.yaml", "cd", "kind: Scenario\n"))),
                new Event.ControlRun(List.of(SRV4)),
                new Event.Surveyed(
                        Map.of(Need.PROMETHEUS, new Event.PartFound(Presence.UNREADABLE, "found HTML")),
                        Optional.of("v1.36.3"),
                        Set.of(PlatformLayer.KUBERNETES),
                        new TreeMap<>(Map.of("scrape", 1_000_000_000L)),
                        List.of("infra-pager")),
                new Event.Planned(
                        SRV4,
                        new Target(
                                "chat, replica chat-0",
                                Map.of(Dimension.REPLICA, "chat-0"),
                                Map.of("owner", "chat-models"),
                                Optional.of("chat"),
                                Optional.of("chat-0"),
                                List.of(Map.of(Dimension.WORKLOAD, "summarise"))),
                        "mock",
                        Set.of(Layer.CLIENT, Layer.ENGINE_METRICS),
                        List.of("set lever")),
                new Event.PhaseBegan(SRV4, Phase.BASELINE),
                new Event.UndoPlanned(
                        SRV4,
                        List.of(
                                new UndoStep("SRV-4/0", SRV4, new Undo.DeleteCreated(CLAIM, "x1")),
                                new UndoStep("SRV-4/1", SRV4, new Undo.RestoreField(CLAIM, "/spec", "1", "absent")),
                                new UndoStep(
                                        "SRV-4/2",
                                        SRV4,
                                        new Undo.PutLeverBack(URI.create("http://127.0.0.1:1/l"), "20", "1")),
                                new UndoStep("SRV-4/3", SRV4, new Undo.StopLoad("SRV-4/chat/burst", 13.5)))),
                new Event.UndoMoved(SRV4, "SRV-4/0", UndoState.APPLYING, ""),
                new Event.FaultApplied(SRV4),
                new Event.ContrastApplied(SRV4),
                new Event.ContrastFailed(SRV4, "the lever is gone"),
                new Event.ReplicaAsked(SRV4, "chat-0", RequestOutcome.HTTP_5XX, "503, out of memory"),
                new Event.LandedSeen(SRV4, Layer.CLIENT, true, "gap 80 ms, before 4 ms"),
                new Event.SignalSampled(SRV4, "token-latency", "chat-0", 0.08, "s"),
                new Event.ClaimAsked(
                        SRV4, Event.ClaimPurpose.EXCESS, CLAIM, 2, false, OptionalInt.of(403), "exceeded quota"),
                new Event.DevicesHeld(
                        SRV4,
                        "tenant-x",
                        Optional.of("accelerators"),
                        OptionalInt.of(2),
                        OptionalInt.of(2),
                        new TreeMap<>(Map.of("burst-0", 1))),
                new Event.NodeDevicesSeen(
                        SRV4,
                        "gpu-1",
                        true,
                        new TreeMap<>(Map.of("gpu.nvidia.com/gpu-1/gpu-0", Event.DeviceStanding.WITHDRAWN)),
                        new TreeMap<>(Map.of("uid-1", "team-a/chat-0-gpu"))),
                new Event.DriverSeen(SRV4, "gpu-1", "550.163.1", "570.195.3", "Failed to initialize NVML"),
                new Event.DeviceSeen(
                        SRV4,
                        "gpu.nvidia.com/gpu-1/gpu-0",
                        Event.DeviceStanding.TAINTED,
                        List.of("gpu.nvidia.com/gpu-lost=:NoExecute"),
                        new TreeMap<>(Map.of("uid-1", "team-a/chat-0-gpu"))),
                new Event.PodsSeen(
                        SRV4,
                        "gpu-1",
                        List.of(
                                new Event.PodSeen(
                                        "team-a",
                                        "chat-0",
                                        "uid-2",
                                        Optional.of("gpu-1"),
                                        true,
                                        Event.PodCondition.NOT_READY,
                                        2,
                                        List.of("gpu.nvidia.com/gpu-1/gpu-0")),
                                new Event.PodSeen(
                                        "team-b",
                                        "batch-0",
                                        "uid-3",
                                        Optional.empty(),
                                        false,
                                        Event.PodCondition.SUCCEEDED,
                                        0,
                                        List.of()))),
                new Event.AuditRead(
                        SRV4,
                        123,
                        456,
                        List.of(
                                new Event.AuditGroup("tenant-x", OptionalInt.of(200), "10.0.0.1", 7, 168, 224),
                                new Event.AuditGroup("", OptionalInt.empty(), "", 1, 0, 0)),
                        Optional.empty()),
                new Event.TwinSeen(
                        SRV4,
                        "chat-1",
                        List.of(new Event.PodSeen(
                                "team-a",
                                "chat-1-0",
                                "uid-4",
                                Optional.empty(),
                                true,
                                Event.PodCondition.NOT_READY,
                                1,
                                List.of()))),
                new Event.AlertSeen(
                        AlertState.FIRING,
                        new Alert(Map.of("alertname", "Slow"), Map.of("summary", "s")),
                        List.of("a"),
                        Optional.of("2026-11-21T10:00:00Z")),
                new Event.Notified("chat-pager", false, new Alert(Map.of("alertname", "Slow"), Map.of())),
                new Event.SourceUnreadable("prometheus", "connection refused"),
                new Event.RunbookFetched("http://x/y", OptionalInt.empty(), ""),
                new Event.OwnersFound(
                        SRV4, new WorkloadRef("team-a", "deployment", "chat"), new TreeMap<>(Map.of("pod", "x"))),
                new Event.DeviceTraced(SRV4, "gpu.nvidia.com/gpu-1/gpu-0", List.of("claim c"), Optional.of("pod")),
                new Event.LoadOn(SRV4, "SRV-4/target", "chat", Event.LoadRole.TARGET, 30),
                new Event.LoadOff(SRV4, "SRV-4/target"),
                new Event.LoadRecorded("load/requests.jsonl", "ef", 900),
                new Event.Stopped(SRV4, "bystander"),
                new Event.Invalid(SRV4, "not landed"),
                new Event.ScenarioEnded(SRV4),
                new Event.RunEnded(true));
    }

    private static Stream<Class<?>> leaves(Class<?> sealedType) {
        return Arrays.stream(sealedType.getPermittedSubclasses())
                .flatMap(type -> type.isSealed() ? leaves(type) : Stream.of(type));
    }

    @Test
    void theExamplesHoldEveryTypeOfRecord() {
        assertThat(oneOfEachType().stream().map(Object::getClass))
                .containsExactlyInAnyOrderElementsOf(leaves(Event.class).toList());
    }

    @ParameterizedTest
    @MethodSource("oneOfEachType")
    void everyRecordReadsBackAsItWasWritten(Event event) throws Exception {
        JournalCodec codec = new JournalCodec();
        History.Entry entry = new History.Entry(3, AT, event);
        assertThat(codec.read(codec.write(entry))).isEqualTo(entry);
    }

    @Test
    void aTornLastLineIsDroppedAndWritingGoesOnAfterIt(@TempDir Path dir) throws Exception {
        Path file = dir.resolve("journal.jsonl");
        try (JournalWriter writer = JournalWriter.create(file)) {
            writer.append(AT, new Event.PhaseBegan(SRV4, Phase.BASELINE));
            writer.append(AT, new Event.PhaseBegan(SRV4, Phase.APPLY));
        }
        byte[] whole = Files.readAllBytes(file);
        for (int cut = 1; cut < 60; cut++) {
            Path torn = dir.resolve("torn-" + cut + ".jsonl");
            Files.write(torn, Arrays.copyOf(whole, whole.length - cut));
            assertThat(JournalReader.read(torn).entries()).hasSize(1);
            try (JournalWriter again = JournalWriter.resume(torn)) {
                again.append(AT, new Event.PhaseBegan(SRV4, Phase.HEAL));
            }
            assertThat(JournalReader.read(torn).entries())
                    .extracting(History.Entry::event)
                    .containsExactly(
                            new Event.PhaseBegan(SRV4, Phase.BASELINE), new Event.PhaseBegan(SRV4, Phase.HEAL));
        }
    }

    @Test
    void damageBeforeTheLastLineIsToldWithItsPlace(@TempDir Path dir) throws IOException {
        Path file = dir.resolve("journal.jsonl");
        try (JournalWriter writer = JournalWriter.create(file)) {
            writer.append(AT, new Event.PhaseBegan(SRV4, Phase.BASELINE));
        }
        Files.writeString(file, "{}\n" + Files.readString(file));
        assertThatThrownBy(() -> JournalReader.read(file))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("journal.jsonl:1: found format version");
    }

    @Test
    void aMissingRecordIsDamage(@TempDir Path dir) throws IOException {
        Path file = dir.resolve("journal.jsonl");
        JournalCodec codec = new JournalCodec();
        Files.writeString(file, codec.write(new History.Entry(1, AT, new Event.RunEnded(true))) + "\n");
        assertThatThrownBy(() -> JournalReader.read(file)).hasMessageContaining("found record 1, expected 0");
    }

    @Test
    void anInterruptedThreadCanStillWrite(@TempDir Path dir) throws Exception {
        Path file = dir.resolve("journal.jsonl");
        try (JournalWriter writer = JournalWriter.create(file)) {
            Thread.currentThread().interrupt();
            writer.append(AT, new Event.UndoMoved(SRV4, "SRV-4/0", UndoState.RESTORING, ""));
            assertThat(Thread.interrupted()).isTrue();
            writer.append(AT, new Event.RunEnded(true));
        }
        assertThat(JournalReader.read(file).entries()).hasSize(2);
    }

    @Test
    void anExistingJournalIsNeverOverwritten(@TempDir Path dir) throws IOException {
        Path file = Files.createFile(dir.resolve("journal.jsonl"));
        assertThatThrownBy(() -> JournalWriter.create(file)).isInstanceOf(FileAlreadyExistsException.class);
    }
}
