package airworthy.accelerator.hold;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.accelerator.StandIn;
import airworthy.accelerator.cuda.Block;
import airworthy.accelerator.cuda.CudaContext;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldMemoryTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void leavesWhatItIsToLeave() throws Exception {
        try (CudaContext context = StandIn.in(folder).use();
                HeldMemory memory = new HeldMemory(context, 100 * StandIn.MIB, Long.MAX_VALUE)) {
            long held = memory.take();

            assertThat(context.memory().free()).isEqualTo(100 * StandIn.MIB);
            assertThat(held).isEqualTo(memory.bytes()).isGreaterThan(15_000 * StandIn.MIB);
        }
    }

    @Test
    void takesWhatOthersGiveBack() throws Exception {
        try (CudaContext context = StandIn.in(folder).use();
                HeldMemory memory = new HeldMemory(context, 100 * StandIn.MIB, Long.MAX_VALUE)) {
            Block others = context.allocate(4_096 * StandIn.MIB).orElseThrow();
            long before = memory.take();
            context.free(others);

            assertThat(memory.take() - before).isEqualTo(4_096 * StandIn.MIB);
            assertThat(context.memory().free()).isEqualTo(100 * StandIn.MIB);
        }
    }

    @Test
    void holdsNoMoreThanItsBound() throws Exception {
        try (CudaContext context = StandIn.in(folder).use();
                HeldMemory memory = new HeldMemory(context, 0, 1_536 * StandIn.MIB)) {
            assertThat(memory.take()).isEqualTo(1_536 * StandIn.MIB);
            assertThat(memory.take()).isEqualTo(1_536 * StandIn.MIB);
        }
    }

    @Test
    void takesNothingWhereLessIsFreeThanIsToBeLeft() throws Exception {
        try (CudaContext context = StandIn.in(folder).use();
                HeldMemory memory = new HeldMemory(context, StandIn.TOTAL, Long.MAX_VALUE)) {
            assertThat(memory.take()).isZero();
        }
    }

    @Test
    void takesWhatIsFreeInPiecesToo() throws Exception {
        try (CudaContext context = StandIn.in(folder).set("paged", 0).use();
                Pieces _ = Pieces.make(context, 64 * StandIn.MIB, Long.MAX_VALUE);
                HeldMemory memory = new HeldMemory(context, 0, Long.MAX_VALUE)) {
            memory.take();

            assertThat(context.memory().free()).isLessThan(64 * StandIn.MIB);
        }
    }

    @Test
    void givesAllOfItBack() throws Exception {
        try (CudaContext context = StandIn.in(folder).use()) {
            long before = context.memory().free();
            try (HeldMemory memory = new HeldMemory(context, 0, Long.MAX_VALUE)) {
                memory.take();
            }

            assertThat(context.memory().free()).isEqualTo(before);
        }
    }
}
