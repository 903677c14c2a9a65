package airworthy.accelerator.cuda;

import airworthy.accelerator.library.NativeException;
import java.lang.foreign.MemorySegment;

/** A kernel that is loaded. Thread-safe; to be closed before its context is. */
public final class Kernel implements AutoCloseable {
    private final CudaContext context;
    private final MemorySegment module;
    private final MemorySegment function;

    Kernel(CudaContext context, MemorySegment module, MemorySegment function) {
        this.context = context;
        this.module = module;
        this.function = function;
    }

    /**
     * Runs it and waits for its end. What bounds its time is the kernel itself: a device's work cannot be interrupted.
     *
     * @param blocks how many
     * @param threads in each
     * @param parameters 64 bits each
     */
    public void run(int blocks, int threads, long... parameters) throws NativeException {
        context.run(function, blocks, threads, parameters);
    }

    @Override
    public void close() throws NativeException {
        context.unload(module);
    }
}
