package airworthy.accelerator.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import airworthy.accelerator.StandIn;
import airworthy.accelerator.library.NativeException;
import airworthy.accelerator.library.Opening;
import airworthy.accelerator.nvml.KernelModule;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CudaTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void tellsWhichDevicesThereAre() throws Exception {
        Cuda cuda = StandIn.in(folder).cuda();

        assertThat(cuda.version()).contains("CUDA 12.9");
        assertThat(cuda.devices()).containsExactly(new CudaDevice(0, StandIn.UUID, "Stand-in \"1\"", 4, 2_048, 90));
    }

    @Test
    void takesMemoryAndGivesItBack() throws Exception {
        try (CudaContext context = StandIn.in(folder).use()) {
            long before = context.memory().free();
            Block block = context.allocate(100 * StandIn.MIB).orElseThrow();
            long between = context.memory().free();
            context.free(block);

            assertThat(before - between).isEqualTo(100 * StandIn.MIB);
            assertThat(context.memory()).isEqualTo(new CudaMemory(before, StandIn.TOTAL));
        }
    }

    @Test
    void memoryThatIsNotThereIsNoFailure() throws Exception {
        try (CudaContext context = StandIn.in(folder).use()) {
            assertThat(context.allocate(StandIn.TOTAL)).isEmpty();
        }
    }

    @Test
    void whatAContextTookIsGivenBackWithIt() throws Exception {
        StandIn standIn = StandIn.in(folder);
        try (CudaContext context = standIn.use()) {
            assertThat(context.allocate(100 * StandIn.MIB)).isPresent();
        }
        try (CudaContext context = standIn.use()) {
            assertThat(context.memory().free()).isEqualTo(StandIn.TOTAL - StandIn.RESERVED - StandIn.CONTEXT);
        }
    }

    @Test
    void aCallThatFailsTellsWhichAndTheLibrarysCodeNameAndWords() throws Exception {
        try (CudaContext context = StandIn.in(folder).use()) {
            assertThatExceptionOfType(NativeException.class)
                    .isThrownBy(() -> context.allocate(0))
                    .satisfies(failure -> assertThat(failure.told())
                            .isEqualTo(
                                    "cuMemAlloc_v2(0 bytes): CUDA_ERROR_INVALID_VALUE (1), an error of the stand-in"));
        }
    }

    @Test
    void aKernelThatIsNone() throws Exception {
        try (CudaContext context = StandIn.in(folder).use()) {
            assertThatExceptionOfType(NativeException.class)
                    .isThrownBy(() -> context.load("nothing", "burn"))
                    .satisfies(failure -> assertThat(failure.name()).isEqualTo("CUDA_ERROR_INVALID_PTX"));
        }
    }

    @Test
    void aLibraryThatIsNotThere() {
        List<String> names = List.of(folder.resolve("nothing.so").toString());

        assertThat(Cuda.open(names, new KernelModule())).isEqualTo(new Opening.NoLibrary<Cuda>(names));
    }

    @Test
    void aLibraryOfAnotherVersionThanTheKernelModule() throws Exception {
        Opening.Mismatch<Cuda> mismatch =
                (Opening.Mismatch<Cuda>) StandIn.in(folder).set("cudaInit", 803).openCuda();

        assertThat(mismatch.told())
                .startsWith("cuInit: CUDA_ERROR_SYSTEM_DRIVER_MISMATCH (803)")
                .contains("the library's version is CUDA 12.9");
    }

    @Test
    void aMachineWithoutADevice() throws Exception {
        assertThat(StandIn.in(folder).set("cudaInit", 100).openCuda()).isInstanceOf(Opening.NoDevice.class);
    }
}
