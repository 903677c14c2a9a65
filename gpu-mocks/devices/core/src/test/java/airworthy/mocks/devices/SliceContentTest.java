package airworthy.mocks.devices;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class SliceContentTest {

    @Test
    void publishesAWholeGpuAsNvidiasDriverDoes() throws JsonProcessingException {
        Accelerators node = Node.whole("");

        assertThat(Node.published(node, 6))
                .isEqualTo(json("""
                    {
                      "name": "gpu-6",
                      "attributes": {
                        "type": {"string": "gpu"},
                        "uuid": {"string": "%s"},
                        "productName": {"string": "NVIDIA A100-SXM4-80GB"},
                        "brand": {"string": "Nvidia"},
                        "architecture": {"string": "Ampere"},
                        "cudaComputeCapability": {"version": "8.0.0"},
                        "driverVersion": {"version": "550.163.1"},
                        "cudaDriverVersion": {"version": "12.4.0"},
                        "resource.kubernetes.io/pciBusID": {"string": "0000:69:00.0"},
                        "resource.kubernetes.io/pcieRoot": {"string": "pci0000:68"}
                      },
                      "capacity": {"memory": {"value": "85899345920"}}
                    }
                    """.formatted(node.devices().get(6).uuid())));
    }

    @Test
    void oneSliceNamesItsPoolAndItsNode() {
        List<ObjectNode> specs = Node.whole("").slices().specs();

        assertThat(specs).hasSize(1);
        ObjectNode spec = specs.getFirst();
        assertThat(spec.path("driver").asText()).isEqualTo("gpu.nvidia.com");
        assertThat(spec.path("nodeName").asText()).isEqualTo("gpu-1");
        assertThat(spec.path("pool")).hasToString("{\"name\":\"gpu-1\",\"generation\":1,\"resourceSliceCount\":1}");
        assertThat(spec.path("devices").findValuesAsText("name"))
                .containsExactly("gpu-0", "gpu-1", "gpu-2", "gpu-3", "gpu-4", "gpu-5", "gpu-6", "gpu-7");
    }

    @Test
    void publishesPartitionsInPlaceOfTheirGpu() throws JsonProcessingException {
        Accelerators node = Node.partitioned();
        Device last = node.devices().get(2);

        assertThat(node.devices())
                .extracting(Device::name)
                .containsExactly("gpu-0-mig-19-0-1", "gpu-0-mig-19-1-1", "gpu-0-mig-9-4-4");
        JsonNode published = Node.published(node, 2);
        assertThat(published.at("/attributes/type/string").asText()).isEqualTo("mig");
        assertThat(published.at("/attributes/profile/string").asText()).isEqualTo("3g.40gb");
        assertThat(published.at("/attributes/uuid/string").asText()).isEqualTo(last.uuid());
        assertThat(published.at("/attributes/parentUUID/string").asText())
                .isEqualTo(last.gpu().uuid());
        assertThat(published.path("capacity")).isEqualTo(json("""
            {
              "memory": {"value": "42144366592"}, "multiprocessors": {"value": "48"},
              "copyEngines": {"value": "3"}, "decoders": {"value": "3"}, "encoders": {"value": "0"},
              "jpegEngines": {"value": "3"}, "ofaEngines": {"value": "0"},
              "memorySlice4": {"value": "1"}, "memorySlice5": {"value": "1"},
              "memorySlice6": {"value": "1"}, "memorySlice7": {"value": "1"}
            }
            """));
    }

    @Test
    void uuidsStandOnSeedNodeAndMinorAlone() {
        Inventory inventory = Node.inventory(Node.INVENTORY);
        Accelerators one = Accelerators.of(inventory, "a", "7", () -> Node.NOW);
        Accelerators again = Accelerators.of(inventory, "a", "7", () -> Node.NOW);
        Accelerators otherNode = Accelerators.of(inventory, "b", "7", () -> Node.NOW);
        Accelerators otherSeed = Accelerators.of(inventory, "a", "8", () -> Node.NOW);

        assertThat(uuids(again)).isEqualTo(uuids(one)).doesNotHaveDuplicates();
        assertThat(uuids(otherNode)).doesNotContainAnyElementsOf(uuids(one));
        assertThat(uuids(otherSeed)).doesNotContainAnyElementsOf(uuids(one));
    }

    @Test
    void aLargePoolIsPublishedInSlicesOfSixtyFour() {
        String many = Node.INVENTORY.replace("count: 6", "count: 70");

        List<ObjectNode> specs = Accelerators.of(Node.inventory(many), "gpu-1", "1", () -> Node.NOW)
                .slices()
                .specs(9);

        assertThat(specs).extracting(spec -> spec.path("devices").size()).containsExactly(64, 8);
        assertThat(specs)
                .allSatisfy(spec -> assertThat(spec.path("pool"))
                        .hasToString("{\"name\":\"gpu-1\",\"generation\":9,\"resourceSliceCount\":2}"));
    }

    private static List<String> uuids(Accelerators node) {
        return node.devices().stream().map(Device::uuid).toList();
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }
}
