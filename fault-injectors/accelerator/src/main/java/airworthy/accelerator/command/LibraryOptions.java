package airworthy.accelerator.command;

import airworthy.accelerator.cuda.Cuda;
import airworthy.accelerator.cuda.CudaDevice;
import airworthy.accelerator.library.NativeException;
import airworthy.accelerator.library.Opening;
import airworthy.accelerator.nvml.Gpu;
import airworthy.accelerator.nvml.KernelModule;
import airworthy.accelerator.nvml.Nvml;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which libraries are opened. */
final class LibraryOptions {
    @Option(names = "--nvml", paramLabel = "FILE", description = "NVML's library; default: the driver's own.")
    private @Nullable String nvml;

    @Option(names = "--cuda", paramLabel = "FILE", description = "CUDA's driver library; default: the driver's own.")
    private @Nullable String cuda;

    Opening<Nvml> openNvml() {
        return nvml == null ? Nvml.open() : Nvml.open(List.of(nvml), new KernelModule());
    }

    Opening<Cuda> openCuda() {
        return cuda == null ? Cuda.open() : Cuda.open(List.of(cuda), new KernelModule());
    }

    Nvml nvml() throws NoAcceleratorException {
        return opened("NVML", openNvml());
    }

    /**
     * One device, opened by both libraries.
     *
     * @param wanted its UUID, or the beginning of it; null for the only one
     */
    Accelerator accelerator(@Nullable String wanted) throws NoAcceleratorException, NativeException {
        Nvml opened = nvml();
        try {
            Cuda driver = opened("CUDA", openCuda());
            CudaDevice device = one(driver.devices(), wanted);
            Gpu gpu = opened.gpus().stream()
                    .filter(each -> each.identity().uuid().equals(device.uuid()))
                    .findFirst()
                    .orElseThrow(() -> new NoAcceleratorException("CUDA's device " + device.uuid()
                            + " is none of NVML's; parts of a device (MIG) are not supported"));
            return new Accelerator(opened, gpu, device, driver.use(device));
        } catch (NoAcceleratorException | NativeException e) {
            opened.close();
            throw e;
        }
    }

    private static CudaDevice one(List<CudaDevice> devices, @Nullable String wanted) throws NoAcceleratorException {
        List<CudaDevice> fitting = devices.stream()
                .filter(device -> wanted == null || device.uuid().startsWith(wanted))
                .toList();
        if (fitting.size() != 1) {
            throw new NoAcceleratorException("found " + fitting.size() + " devices"
                    + (wanted == null ? "" : " whose UUID begins with " + wanted) + ", expected one: name one of "
                    + devices.stream().map(CudaDevice::uuid).collect(Collectors.toList()) + " by --device");
        }
        return fitting.getFirst();
    }

    private static <T> T opened(String library, Opening<T> opening) throws NoAcceleratorException {
        if (opening instanceof Opening.Opened<T>(T api, String _)) {
            return api;
        }
        throw new NoAcceleratorException(library + ": " + opening.told());
    }
}
