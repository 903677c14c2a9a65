package airworthy.accelerator.command;

import airworthy.accelerator.cuda.CudaContext;
import airworthy.accelerator.cuda.CudaDevice;
import airworthy.accelerator.library.NativeException;
import airworthy.accelerator.nvml.Gpu;
import airworthy.accelerator.nvml.Nvml;

/**
 * One device, as both libraries know it.
 *
 * @param nvml tells of it
 * @param gpu it, to NVML
 * @param device it, to CUDA
 * @param context uses it
 */
record Accelerator(Nvml nvml, Gpu gpu, CudaDevice device, CudaContext context) implements AutoCloseable {

    /** For people. */
    String told() {
        return device.name() + ", " + device.uuid();
    }

    @Override
    public void close() throws NativeException {
        try {
            context.close();
        } finally {
            nvml.close();
        }
    }
}
