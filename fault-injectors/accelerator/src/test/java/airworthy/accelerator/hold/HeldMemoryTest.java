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
    void leaves_what_it_is_to_leave() throws Exception {
        try (CudaContext context = StandIn.in(folder).use();
                HeldMemory memory = new HeldMemory(context, 100 * StandIn.MIB, Long.MAX_VALUE)) {
            long held = memory.take();

            assertThat(context.memory().free()).isEqualTo(100 * StandIn.MIB);
            assertThat(held).isEqualTo(memory.bytes()).isGreaterThan(15_000 * StandIn.MIB);
        }
    }

    @Test
    void takes_what_others_give_back() throws Exception {
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
    void holds_no_more_than_its_bound() throws Exception {
        try (CudaContext context = StandIn.in(folder).use();
                HeldMemory memory = new HeldMemory(context, 0, 1_536 * StandIn.MIB)) {
            assertThat(memory.take()).isEqualTo(1_536 * StandIn.MIB);
            assertThat(memory.take()).isEqualTo(1_536 * StandIn.MIB);
        }
    }

    @Test
    void takes_nothing_where_less_is_free_than_is_to_be_left() throws Exception {
        try (CudaContext context = StandIn.in(folder).use();
                HeldMemory memory = new HeldMemory(context, StandIn.TOTAL, Long.MAX_VALUE)) {
            assertThat(memory.take()).isZero();
        }
    }

    @Test
    void takes_what_is_free_in_pieces_too() throws Exception {
        try (CudaContext context = StandIn.in(folder).set("paged", 0).use();
                Pieces _ = Pieces.make(context, 64 * StandIn.MIB, Long.MAX_VALUE);
                HeldMemory memory = new HeldMemory(context, 0, Long.MAX_VALUE)) {
            memory.take();

            assertThat(context.memory().free()).isLessThan(64 * StandIn.MIB);
        }
    }

    @Test
    void gives_all_of_it_back() throws Exception {
        try (CudaContext context = StandIn.in(folder).use()) {
            long before = context.memory().free();
            try (HeldMemory memory = new HeldMemory(context, 0, Long.MAX_VALUE)) {
                memory.take();
            }

            assertThat(context.memory().free()).isEqualTo(before);
        }
    }
}
