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
    void tells_which_devices_there_are() throws Exception {
        Cuda cuda = StandIn.in(folder).cuda();

        assertThat(cuda.version()).contains("CUDA 12.9");
        assertThat(cuda.devices())
                .containsExactly(new CudaDevice(0, StandIn.UUID, "Stand-in \"1\"", 4, 2_048, 90));
    }

    @Test
    void takes_memory_and_gives_it_back() throws Exception {
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
    void memory_that_is_not_there_is_no_failure() throws Exception {
        try (CudaContext context = StandIn.in(folder).use()) {
            assertThat(context.allocate(StandIn.TOTAL)).isEmpty();
        }
    }

    @Test
    void what_a_context_took_is_given_back_with_it() throws Exception {
        StandIn standIn = StandIn.in(folder);
        try (CudaContext context = standIn.use()) {
            assertThat(context.allocate(100 * StandIn.MIB)).isPresent();
        }
        try (CudaContext context = standIn.use()) {
            assertThat(context.memory().free()).isEqualTo(StandIn.TOTAL - StandIn.RESERVED - StandIn.CONTEXT);
        }
    }

    @Test
    void a_call_that_fails_tells_which_and_the_librarys_code_name_and_words() throws Exception {
        try (CudaContext context = StandIn.in(folder).use()) {
            assertThatExceptionOfType(NativeException.class)
                    .isThrownBy(() -> context.allocate(0))
                    .satisfies(failure -> assertThat(failure.told())
                            .isEqualTo("cuMemAlloc_v2(0 bytes): CUDA_ERROR_INVALID_VALUE (1), an error of the stand-in"));
        }
    }

    @Test
    void a_kernel_that_is_none() throws Exception {
        try (CudaContext context = StandIn.in(folder).use()) {
            assertThatExceptionOfType(NativeException.class)
                    .isThrownBy(() -> context.load("nothing", "burn"))
                    .satisfies(failure -> assertThat(failure.name()).isEqualTo("CUDA_ERROR_INVALID_PTX"));
        }
    }

    @Test
    void a_library_that_is_not_there() {
        List<String> names = List.of(folder.resolve("nothing.so").toString());

        assertThat(Cuda.open(names, new KernelModule())).isEqualTo(new Opening.NoLibrary<Cuda>(names));
    }

    @Test
    void a_library_of_another_version_than_the_kernel_module() throws Exception {
        Opening.Mismatch<Cuda> mismatch =
                (Opening.Mismatch<Cuda>) StandIn.in(folder).set("cudaInit", 803).openCuda();

        assertThat(mismatch.told())
                .startsWith("cuInit: CUDA_ERROR_SYSTEM_DRIVER_MISMATCH (803)")
                .contains("the library's version is CUDA 12.9");
    }

    @Test
    void a_machine_without_a_device() throws Exception {
        assertThat(StandIn.in(folder).set("cudaInit", 100).openCuda()).isInstanceOf(Opening.NoDevice.class);
    }
}
