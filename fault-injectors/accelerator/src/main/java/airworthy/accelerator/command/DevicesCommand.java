package airworthy.accelerator.command;

import airworthy.accelerator.cuda.Cuda;
import airworthy.accelerator.library.NativeException;
import airworthy.accelerator.library.Opening;
import airworthy.accelerator.nvml.Gpu;
import airworthy.accelerator.nvml.GpuMemory;
import airworthy.accelerator.nvml.GpuProcess;
import airworthy.accelerator.nvml.Nvml;
import airworthy.accelerator.nvml.Utilization;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tells what there is. */
@Command(
        name = "devices",
        description = "Tells which devices this process may use, who computes on them, and what keeps it from more.",
        mixinStandardHelpOptions = true)
final class DevicesCommand implements Callable<Integer> {
    @Mixin
    private LibraryOptions libraries = new LibraryOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws NativeException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Opening<Nvml> opening = libraries.openNvml();
        boolean seen = opening instanceof Opening.Opened<Nvml>;
        if (opening instanceof Opening.Opened<Nvml>(Nvml nvml, String library)) {
            try (nvml) {
                out.printf("NVML  %s, version %s; driver %s%n", library, nvml.libraryVersion(), nvml.driverVersion());
                for (Gpu gpu : nvml.gpus()) {
                    tell(out, nvml, gpu);
                }
            }
        } else {
            out.printf("NVML  %s%n", opening.told());
        }
        Opening<Cuda> cuda = libraries.openCuda();
        if (cuda instanceof Opening.Opened<Cuda>(Cuda driver, String library)) {
            out.printf(
                    "CUDA  %s, %s; %d devices%n",
                    library,
                    driver.version().orElse("of no version that it tells"),
                    driver.devices().size());
        } else {
            out.printf("CUDA  %s%n", cuda.told());
            seen = false;
        }
        out.flush();
        return seen ? 0 : NoAcceleratorException.EXIT_CODE;
    }

    private static void tell(PrintWriter out, Nvml nvml, Gpu gpu) throws NativeException {
        GpuMemory memory = nvml.memory(gpu);
        out.printf(
                "  %d  %s  %s  %s%n",
                gpu.identity().index(),
                gpu.identity().uuid(),
                gpu.identity().name(),
                gpu.identity().pciBusId());
        out.printf(
                "     memory %s, of it free %s, used %s, reserved %s; busy %s%n",
                Bytes.told(memory.total()),
                Bytes.told(memory.free()),
                Bytes.told(memory.used()),
                memory.reserved().isPresent() ? Bytes.told(memory.reserved().getAsLong()) : "not told",
                nvml.utilization(gpu)
                        .map(Utilization::gpuPercent)
                        .map(percent -> percent + " %")
                        .orElse("not told"));
        List<GpuProcess> processes = nvml.processes(gpu);
        for (GpuProcess process : processes) {
            out.printf(
                    "     process %d: %s%n",
                    process.pid(),
                    process.usedBytes().isPresent()
                            ? Bytes.told(process.usedBytes().getAsLong())
                            : "not told");
        }
    }
}
