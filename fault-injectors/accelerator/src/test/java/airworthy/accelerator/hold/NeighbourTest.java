package airworthy.accelerator.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import airworthy.accelerator.StandIn;
import airworthy.accelerator.cuda.CudaContext;
import airworthy.accelerator.library.NativeException;
import airworthy.accelerator.nvml.Nvml;
import airworthy.accelerator.nvml.Utilization;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeighbourTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void computesForItsShareOfEachPeriod() throws Exception {
        StandIn standIn = StandIn.in(folder);
        try (Nvml nvml = standIn.nvml();
                CudaContext context = standIn.use();
                Neighbour neighbour = Neighbour.on(standIn.device(), context, new Duty(50))) {
            AtomicInteger periods = new AtomicInteger(10);
            neighbour.run(() -> periods.getAndDecrement() > 0);

            // ten times half of 20 ms; more where the machine was busy
            assertThat(neighbour.busy()).isGreaterThanOrEqualTo(Duration.ofMillis(100));
            assertThat(nvml.utilization(nvml.gpus().getFirst()).map(Utilization::gpuPercent))
                    .hasValueSatisfying(percent -> assertThat(percent).isBetween(1, 10));
        }
    }

    @Test
    void computesNothingWhenItIsNotTo() throws Exception {
        StandIn standIn = StandIn.in(folder);
        try (CudaContext context = standIn.use();
                Neighbour neighbour = Neighbour.on(standIn.device(), context, new Duty(50))) {
            neighbour.run(() -> false);

            assertThat(neighbour.busy()).isZero();
        }
    }

    @Test
    void endsWhenTheDeviceIsLost() throws Exception {
        StandIn standIn = StandIn.in(folder);
        try (CudaContext context = standIn.use();
                Neighbour neighbour = Neighbour.on(standIn.device(), context, new Duty(50))) {
            standIn.set("lost", 1);

            assertThatExceptionOfType(NativeException.class)
                    .isThrownBy(() -> neighbour.run(() -> true))
                    .satisfies(failure -> assertThat(failure.name()).isEqualTo("CUDA_ERROR_LAUNCH_FAILED"));
        }
    }

    @Test
    void aDutyLiesBetween1And100Percent() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Duty(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Duty(101));
    }
}
