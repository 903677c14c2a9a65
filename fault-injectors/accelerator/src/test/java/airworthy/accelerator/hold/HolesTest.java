package airworthy.accelerator.hold;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.accelerator.StandIn;
import airworthy.accelerator.cuda.CudaContext;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HolesTest {
    private static final long ARENA = 1_024 * StandIn.MIB;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void whereABlockIsMadeOfAnyPagesHolesDoNotMatter() throws Exception {
        HolesReport report = measured(1);

        assertThat(report.states().stream().map(HolesReport.State::share)).containsOnly(1.0);
        assertThat(report.states().get(1).freeBytes()).isEqualTo(ARENA / 2);
    }

    @Test
    void whereABlockIsContiguousNoHoleGivesMoreThanItIs() throws Exception {
        HolesReport report = measured(0);

        assertThat(report.states().stream().map(HolesReport.State::name))
                .containsExactly("before", "in pieces of 33554432 bytes", "in pieces of 67108864 bytes", "after");
        assertThat(report.states().stream().map(HolesReport.State::largestBytes))
                .containsExactly(ARENA, 32 * StandIn.MIB, 64 * StandIn.MIB, ARENA);
        assertThat(report.states().stream().map(HolesReport.State::freeBytes))
                .containsExactly(ARENA, ARENA / 2, ARENA / 2, ARENA);
        assertThat(report.states().stream().map(HolesReport.State::pieces)).containsExactly(0, 16, 8, 0);
        assertThat(report.states().get(1).share()).isEqualTo(1.0 / 16);
    }

    @Test
    void nothingIsHeldAfterwards() throws Exception {
        StandIn standIn = StandIn.in(folder);
        try (CudaContext context = standIn.use()) {
            long before = context.memory().free();
            new Holes(context, System::nanoTime).measure(ARENA, List.of(32 * StandIn.MIB));

            assertThat(context.memory().free()).isEqualTo(before);
        }
    }

    private HolesReport measured(long paged) throws Exception {
        try (CudaContext context = StandIn.in(folder).set("paged", paged).use()) {
            return new Holes(context, System::nanoTime).measure(ARENA, List.of(32 * StandIn.MIB, 64 * StandIn.MIB));
        }
    }
}
