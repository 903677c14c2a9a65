package airworthy.accelerator.nvml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import airworthy.accelerator.StandIn;
import airworthy.accelerator.cuda.CudaContext;
import airworthy.accelerator.library.NativeException;
import airworthy.accelerator.library.Opening;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NvmlTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void tellsWhichDevicesThereAre() throws Exception {
        try (Nvml nvml = StandIn.in(folder).nvml()) {
            assertThat(nvml.driverVersion()).isEqualTo("0.0.1");
            assertThat(nvml.libraryVersion()).isEqualTo("12.0.0.1");
            assertThat(nvml.gpus().stream().map(Gpu::identity))
                    .containsExactly(new GpuIdentity(0, 3, StandIn.UUID, "Stand-in \"1\"", "00000000:3B:00.0"));
        }
    }

    @Test
    void tellsMemoryWithWhatTheDriverKeeps() throws Exception {
        StandIn standIn = StandIn.in(folder);
        try (Nvml nvml = standIn.nvml();
                CudaContext context = standIn.use()) {
            assertThat(context.allocate(512 * StandIn.MIB)).isPresent();
            long used = StandIn.CONTEXT + 512 * StandIn.MIB;

            assertThat(nvml.memory(only(nvml)))
                    .isEqualTo(new GpuMemory(
                            StandIn.TOTAL,
                            OptionalLong.of(StandIn.RESERVED),
                            StandIn.TOTAL - StandIn.RESERVED - used,
                            used));
            assertThat(nvml.processes(only(nvml)))
                    .containsExactly(new GpuProcess(ProcessHandle.current().pid(), OptionalLong.of(used)));
        }
    }

    @Test
    void anOlderLibraryDoesNotTellTheReservedApart() throws Exception {
        StandIn old = StandIn.in(folder, "-DOLD");
        try (Nvml nvml = old.nvml();
                CudaContext context = old.use()) {
            long used = StandIn.RESERVED + StandIn.CONTEXT;

            assertThat(context.memory().free()).isEqualTo(StandIn.TOTAL - used);
            assertThat(nvml.memory(only(nvml)))
                    .isEqualTo(new GpuMemory(StandIn.TOTAL, OptionalLong.empty(), StandIn.TOTAL - used, used));
            assertThat(nvml.processes(only(nvml))).hasSize(1);
        }
    }

    @Test
    void readsSensors() throws Exception {
        try (Nvml nvml = StandIn.in(folder).nvml()) {
            Gpu gpu = only(nvml);

            assertThat(nvml.read(gpu, Sensor.TEMPERATURE)).hasValue(41);
            assertThat(nvml.read(gpu, Sensor.POWER)).hasValue(70_500);
            assertThat(nvml.read(gpu, Sensor.ENERGY)).hasValue(5_000_000_000L);
            assertThat(nvml.read(gpu, Sensor.SM_CLOCK)).hasValue(1_980);
            assertThat(nvml.read(gpu, Sensor.MEMORY_CLOCK)).hasValue(3_201);
            assertThat(nvml.utilization(gpu)).contains(new Utilization(0, 0));
        }
    }

    @Test
    void aSensorThatTheProductLacksTellsNothing() throws Exception {
        try (Nvml nvml = StandIn.in(folder).nvml()) {
            assertThat(nvml.read(only(nvml), Sensor.PCIE_REPLAYS)).isEmpty();
        }
    }

    @Test
    void hearsOfXids() throws Exception {
        StandIn standIn = StandIn.in(folder);
        try (Nvml nvml = standIn.nvml();
                XidEvents events = nvml.xids(nvml.gpus())) {
            assertThat(events.next(Duration.ofMillis(5))).isEmpty();
            standIn.set("xid", 79);

            assertThat(events.next(Duration.ofSeconds(10)).map(XidEvents.Xid::xid))
                    .contains(79L);
        }
    }

    @Test
    void aCallThatFailsTellsWhichAndTheLibrarysCodeNameAndWords() throws Exception {
        StandIn standIn = StandIn.in(folder);
        try (Nvml nvml = standIn.nvml()) {
            Gpu gpu = only(nvml);
            standIn.set("lost", 1);

            assertThatExceptionOfType(NativeException.class)
                    .isThrownBy(() -> nvml.memory(gpu))
                    .satisfies(failure -> {
                        assertThat(failure.told())
                                .isEqualTo("nvmlDeviceGetMemoryInfo_v2: NVML_ERROR_GPU_IS_LOST (15), GPU is lost");
                        assertThat(failure.call()).isEqualTo("nvmlDeviceGetMemoryInfo_v2");
                        assertThat(failure.code()).isEqualTo(15);
                        assertThat(failure.name()).isEqualTo("NVML_ERROR_GPU_IS_LOST");
                    });
        }
    }

    @Test
    void aLibraryThatIsNotThere() {
        List<String> names =
                List.of("libof-no-driver.so.1", folder.resolve("nothing.so").toString());

        assertThat(Nvml.open(names, new KernelModule())).isEqualTo(new Opening.NoLibrary<Nvml>(names));
    }

    @Test
    void aLibraryThatIsTooOld() throws Exception {
        StandIn old = StandIn.in(folder, "-DTOO_OLD");

        assertThat(old.openNvml())
                .isEqualTo(new Opening.TooOld<Nvml>(old.file().toString(), List.of("nvmlDeviceGetName")));
    }

    @Test
    void aLibraryOfAnotherVersionThanTheKernelModule() throws Exception {
        Path told = Files.writeString(
                folder.resolve("version"),
                "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  570.133.20  Release Build\nGCC version: 12\n");
        StandIn standIn = StandIn.in(folder).set("nvmlInit", 18);

        Opening.Mismatch<Nvml> mismatch =
                (Opening.Mismatch<Nvml>) Nvml.open(List.of(standIn.file().toString()), new KernelModule(told));

        assertThat(mismatch.library()).contains("12.0.0.1");
        assertThat(mismatch.module()).contains("570.133.20");
        assertThat(mismatch.told())
                .startsWith("nvmlInit_v2: NVML_ERROR_LIB_RM_VERSION_MISMATCH (18), Driver/library version mismatch:"
                        + " the library's version is 12.0.0.1, the kernel module's is 570.133.20");
    }

    @Test
    void aDriverThatIsNotLoaded() throws Exception {
        assertThat(StandIn.in(folder).set("nvmlInit", 9).openNvml()).isInstanceOf(Opening.NoDevice.class);
    }

    @Test
    void anyOtherFailureIsToldEvenIfItsCodeIsUnknown() throws Exception {
        assertThat(StandIn.in(folder).set("nvmlInit", 1234).openNvml().told())
                .isEqualTo("nvmlInit_v2: a code of NVML's that is not known here (1234), Unknown Error");
    }

    @Test
    void aKernelThatTellsOfNoModule() throws IOException {
        assertThat(new KernelModule(folder.resolve("none")).version()).isEmpty();
        assertThat(new KernelModule(Files.writeString(folder.resolve("other"), "something else\n")).version())
                .isEmpty();
    }

    private static Gpu only(Nvml nvml) throws NativeException {
        return nvml.gpus().getFirst();
    }
}
