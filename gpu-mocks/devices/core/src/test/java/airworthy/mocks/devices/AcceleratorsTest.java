package airworthy.mocks.devices;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceleratorsTest {

    /** Levers in the order they are moved; what is published and known afterwards. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        lost=1                   |                     | gpu-lost:NoSchedule                 | UNHEALTHY | 79
        lost=1                   | evictOnLoss: true   | gpu-lost:NoExecute                  | UNHEALTHY | 79
        lost=1                   | healthTaints: false | -                                   | UNKNOWN   | 79
        lost=1 lost=0            |                     | -                                   | HEALTHY   | 0
        xid=48                   |                     | xid=48:NoSchedule                   | UNHEALTHY | 48
        xid=48                   | evictOnLoss: true   | xid=48:NoSchedule                   | UNHEALTHY | 48
        xid=48                   | healthTaints: false | -                                   | UNKNOWN   | 48
        xid=79                   |                     | xid=79:NoSchedule                   | UNHEALTHY | 79
        xid=13                   |                     | xid=13:None                         | HEALTHY   | 13
        xid=31                   |                     | xid=31:None                         | HEALTHY   | 31
        xid=43                   |                     | xid=43:None                         | HEALTHY   | 43
        xid=45                   |                     | xid=45:None                         | HEALTHY   | 45
        xid=68                   |                     | xid=68:None                         | HEALTHY   | 68
        xid=109                  |                     | xid=109:None                        | HEALTHY   | 109
        xid=48 xid=13            |                     | xid=13:None                         | HEALTHY   | 13
        xid=48 xid=0             |                     | -                                   | HEALTHY   | 0
        xid=48 lost=1            |                     | xid=48:NoSchedule gpu-lost:NoSchedule | UNHEALTHY | 79
        xid=48 lost=1 lost=0     |                     | xid=48:NoSchedule                   | UNHEALTHY | 48
        lost=1 xid=48            |                     | gpu-lost:NoSchedule                 | UNHEALTHY | 79
        lost=1 xid=48 lost=0     |                     | xid=48:NoSchedule                   | UNHEALTHY | 48
        lost=1 xid=48 xid=0      |                     | gpu-lost:NoSchedule                 | UNHEALTHY | 79
        memoryTaken=1024         |                     | -                                   | HEALTHY   | 0
        """)
    void whatFollowsFromALever(String moves, String settings, String taints, Health.Status health, int lastXid) {
        Accelerators node = Node.whole(settings == null ? "" : settings + "\n");

        pull(node, moves);

        Device hit = node.devices().get(3);
        assertThat(taints(Node.published(node, 3))).isEqualTo(taints == null ? "" : taints);
        assertThat(node.health(hit).status()).isEqualTo(health);
        assertThat(node.reading(hit.gpu()).lastXid()).isEqualTo(lastXid);
        assertThat(Node.published(node, 2).has("taints"))
                .as("taints of a neighbour")
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        -                                          | -
        onMismatch: NoSchedule                     | nvml-version-mismatch:NoSchedule
        onMismatch: NoExecute                      | nvml-version-mismatch:NoExecute
        onMismatch: NoSchedule, healthTaints: false | -
        """)
    void anotherLibraryTaintsAllDevicesOfTheNodeWhereTheDriverIsSetUpSo(String settings, String taint) {
        Accelerators node = Node.whole(settings == null ? "" : settings.replace(", ", "\n") + "\n");
        List<NvmlInit> told = new ArrayList<>();
        node.observeNvml(told::add);

        node.installLibrary("570.195.3", Optional.of("550.163.1"));

        assertThat(told).containsExactly(new NvmlInit("550.163.1", "570.195.3"));
        assertThat(told.getFirst().result()).isEqualTo(18);
        for (int place = 0; place < node.devices().size(); place++) {
            assertThat(taints(Node.published(node, place))).isEqualTo(taint == null ? "" : taint);
        }
        assertThat(node.health(node.devices().getFirst()).status()).isEqualTo(Health.Status.UNKNOWN);
    }

    @Test
    void theSameLibraryAgainAndNothingIsLeft() {
        Accelerators node = Node.whole("onMismatch: NoSchedule\n");
        node.installLibrary("570.195.3", Optional.empty());

        node.installLibrary("550.163.1", Optional.of("570.195.3"));

        assertThat(node.nvml().succeeds()).isTrue();
        assertThat(Node.published(node, 0).has("taints")).isFalse();
        assertThat(node.slices().generation()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        lost=1,                        2, 1
        lost=1 lost=1,                 2, 1
        lost=1 lost=0,                 3, 2
        xid=48 xid=48 xid=31,          3, 2
        memoryTaken=5,                 1, 0
        lost=1 xid=48,                 2, 1
        """)
    void theGenerationRisesAndObserversHearWhenWhatIsPublishedChanges(String moves, long generation, int heard) {
        Accelerators node = Node.whole("");
        List<Long> seen = new ArrayList<>();
        node.observe(() -> seen.add(node.slices().generation()));

        pull(node, moves);

        assertThat(node.slices().generation()).isEqualTo(generation);
        assertThat(seen).hasSize(heard).isSorted();
    }

    @Test
    void withoutAHealthWatchNothingIsPublishedOfALoss() {
        Accelerators node = Node.whole("healthTaints: false\n");
        JsonNode before = node.slices().specs().getFirst();

        pull(node, "lost=1");

        assertThat(node.slices().specs().getFirst()).isEqualTo(before);
        assertThat(node.lost(node.devices().get(3))).isTrue();
    }

    @Test
    void aTaintKeepsTheTimeItWasAdded() {
        Accelerators node = Node.whole("");

        pull(node, "lost=1");

        assertThat(Node.published(node, 3).at("/taints/0"))
                .hasToString("{\"key\":\"gpu.nvidia.com/gpu-lost\",\"effect\":\"NoSchedule\","
                        + "\"timeAdded\":\"2026-03-01T10:00:00Z\"}");
    }

    @Test
    void aGpuTakesItsPartitionsWithIt() {
        Accelerators node = Node.partitioned();

        Node.pull(node, 0, DeviceLever.LOST, 1);

        assertThat(node.devices()).hasSize(3).allSatisfy(device -> {
            assertThat(node.lost(device)).isTrue();
            assertThat(node.health(device).status()).isEqualTo(Health.Status.UNHEALTHY);
        });
        assertThat(node.slices().specs().getFirst().path("devices"))
                .hasSize(3)
                .allSatisfy(device -> assertThat(taints(device)).isEqualTo("gpu-lost:NoSchedule"));
    }

    @Test
    void aLeverThatStandsElsewhereIsLeftThere() {
        Accelerators node = Node.whole("");
        Gpu gpu = node.gpus().get(3);

        assertThat(node.move(gpu, DeviceLever.XID, 48, OptionalDouble.of(0))).isEqualTo(new LeverOutcome.Set<>(48.0));
        assertThat(node.move(gpu, DeviceLever.XID, 79, OptionalDouble.of(0)))
                .isEqualTo(new LeverOutcome.Elsewhere<>(48.0));
        assertThat(node.reading(gpu).lastXid()).isEqualTo(48);
    }

    @Test
    void anObserverThatLeftHearsNothing() {
        Accelerators node = Node.whole("");
        List<String> heard = new ArrayList<>();
        try (Accelerators.Subscription subscription = node.observe(() -> heard.add("told"))) {
            pull(node, "lost=1");
            assertThat(subscription).isNotNull();
        }

        pull(node, "lost=0");

        assertThat(heard).containsExactly("told");
    }

    private static void pull(Accelerators node, String moves) {
        for (String move : moves.split(" ", -1)) {
            String[] parts = move.split("=", -1);
            DeviceLever lever = DeviceLever.named(parts[0]).orElseThrow();
            assertThat(Node.pull(node, 3, lever, Double.parseDouble(parts[1]))).isInstanceOf(LeverOutcome.Set.class);
        }
    }

    private static String taints(JsonNode device) {
        List<String> taints = new ArrayList<>();
        for (JsonNode taint : device.path("taints")) {
            String value = taint.path("value").asText();
            taints.add(taint.path("key").asText().replace("gpu.nvidia.com/", "") + (value.isEmpty() ? "" : "=" + value)
                    + ":" + taint.path("effect").asText());
        }
        return String.join(" ", taints);
    }
}
