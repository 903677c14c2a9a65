package airworthy.mocks.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import airworthy.mocks.inference.Arena.Block;
import airworthy.mocks.inference.DeviceMemory.Statistics;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DeviceMemoryTest {

    private static final long MIB = 1L << 20;
    private static final int REQUESTS = 256;

    private final Levers levers = new Levers();
    private final DeviceMemory memory = new DeviceMemory(levers, REQUESTS);

    @Test
    void holdsAsManyRequestsAsAreAdmittedAndNoMore() throws OutOfMemory {
        List<Block> taken = new ArrayList<>();
        for (int request = 0; request < REQUESTS; request++) {
            taken.add(memory.take());
        }
        assertThatThrownBy(memory::take).isInstanceOf(OutOfMemory.class);

        memory.giveBack(taken.get(17));

        assertThat(memory.take()).isEqualTo(taken.get(17));
        assertThat(memory.statistics().failures()).isEqualTo(1);
    }

    @Test
    void inPiecesMuchIsFreeAndNothingCanBeHad() throws OutOfMemory {
        Block underWay = memory.take();
        pull(Lever.MEMORY_PIECE, 0.5);

        assertThatThrownBy(memory::take).isInstanceOf(OutOfMemory.class);
        assertThat(free(memory.statistics())).isGreaterThan(30_000 * MIB);
        assertThat(memory.statistics().largestFree()).isEqualTo(64 * MIB);
        memory.giveBack(underWay);
        assertThatThrownBy(memory::take)
                .as("what a request gives back is cut up as well")
                .isInstanceOf(OutOfMemory.class);

        pull(Lever.MEMORY_PIECE, 0);
        memory.giveBack(memory.take());
        assertThat(memory.statistics().largestFree()).isEqualTo(REQUESTS * 128 * MIB);
    }

    @Test
    void whereAllIsHeldTheLargestFreeBlockIsTheSameAndLittleIsFree() throws OutOfMemory {
        Block underWay = memory.take();
        pull(Lever.MEMORY_LEFT, 0.5);

        assertThatThrownBy(memory::take).isInstanceOf(OutOfMemory.class);
        memory.giveBack(underWay);
        assertThatThrownBy(memory::take).isInstanceOf(OutOfMemory.class);
        assertThat(free(memory.statistics())).isEqualTo(64 * MIB);
        assertThat(memory.statistics().largestFree()).isEqualTo(64 * MIB);

        pull(Lever.MEMORY_LEFT, 0);
        memory.giveBack(memory.take());
        assertThat(memory.statistics().largestFree()).isEqualTo(REQUESTS * 128 * MIB);
    }

    @Test
    void fromOutsideBothLookTheSame() {
        pull(Lever.MEMORY_PIECE, 0.5);
        String pieces = outside();
        pull(Lever.MEMORY_PIECE, 0);
        pull(Lever.MEMORY_LEFT, 0.5);

        assertThat(outside()).isEqualTo(pieces).contains("of which 32.00 MiB is free", "79.62 GiB memory in use");
    }

    @Test
    void tellsItInTheWordsThatPyTorchHasForIt() {
        pull(Lever.MEMORY_PIECE, 0.5);

        assertThatThrownBy(memory::take)
                .hasMessageStartingWith(
                        "CUDA out of memory. Tried to allocate 128.00 MiB. GPU 0 has a total capacity of")
                .hasMessageContaining("and 31.03 GiB is reserved by PyTorch but unallocated.")
                .hasMessageContaining("If reserved but unallocated memory is large try setting");
    }

    /** What the failure says of the device, without what it says of the allocator. */
    private String outside() {
        try {
            memory.take();
            throw new AssertionError("there was room");
        } catch (OutOfMemory e) {
            Matcher outside = Pattern.compile("GPU 0 .* memory in use").matcher(e.text());
            assertThat(outside.find()).isTrue();
            return outside.group();
        }
    }

    private static long free(Statistics statistics) {
        return statistics.reserved() - statistics.allocated();
    }

    private void pull(Lever lever, double value) {
        assertThat(levers.set(lever, value, OptionalDouble.empty())).isTrue();
    }
}
