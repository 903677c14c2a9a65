package airworthy.mocks.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InventoryTest {

    @Test
    void watchesHealthAndEvictsNobodyUnlessToldOtherwise() {
        Inventory plain = Node.inventory(Node.INVENTORY);
        Inventory other = Node.inventory("healthTaints: false\nevictOnLoss: true\n" + Node.INVENTORY);

        assertThat(plain.healthTaints()).isTrue();
        assertThat(plain.evictOnLoss()).isFalse();
        assertThat(other.healthTaints()).isFalse();
        assertThat(other.evictOnLoss()).isTrue();
    }

    @Test
    void groupsOfANodeComeBeforeThoseOfAnyNode() {
        Inventory inventory = Node.inventory(Node.INVENTORY);

        assertThat(inventory.of("gpu-1")).extracting(AcceleratorGroup::count).containsExactly(6, 2);
        assertThat(inventory.of("elsewhere"))
                .extracting(AcceleratorGroup::count)
                .containsExactly(1);
    }

    @Test
    void oneNodeMayStandForOthers() {
        Inventory inventory = Node.inventory(Node.INVENTORY.replace("\"*\"", "gpu-2"));

        assertThat(inventory.gathered("gpu-1", List.of("gpu-2")).of("gpu-1"))
                .extracting(AcceleratorGroup::count)
                .containsExactly(6, 2, 1);
    }

    @Test
    void aNodeWithoutAcceleratorsIsRefusedByName() {
        Inventory inventory = Node.inventory(Node.INVENTORY.replace("\"*\"", "gpu-2"));

        assertThatThrownBy(() -> Accelerators.of(inventory, "gpu-9", "1", () -> Node.NOW))
                .hasMessage("accelerators: found none for node gpu-9, expected a group for it or for \"*\"; there are"
                        + " groups for [gpu-1, gpu-2]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        count: 6             | count: 0             | count >= 1
        count: 6             | # count              | Missing required creator property 'count'
        550.163.1            | 550.163.01           | found version 550.163.01
        profile: 1g.10gb     | profile: 5g.10gb     | mig: profile: found 5g.10gb, expected 1g.<n>gb
        mig:                 | migs:                | Unrecognized field "migs"
        brand: Nvidia        | brand: ''            | expected 1 to 64 characters
        """)
    void tellsWhatIsWrong(String right, String wrong, String told, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("devices.yaml");
        Files.writeString(file, Node.INVENTORY.replace(right, wrong));

        assertThatThrownBy(() -> Inventory.read(file))
                .hasMessageStartingWith(file + ":")
                .hasMessageContaining(told);
    }

    @Test
    void partitionsThatDoNotFitAreRefused() {
        String tooMany = Node.INVENTORY.replace("1g.10gb, count: 2", "1g.10gb, count: 5");

        assertThatThrownBy(() -> Accelerators.of(Node.inventory(tooMany), "any", "1", () -> Node.NOW))
                .hasMessage(
                        "mig of gpu-0 on any: found partitions that need 12 memory slices and 8 compute slices, a GPU"
                                + " has 8 and 7");
    }
}
