package airworthy.accelerator.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import airworthy.accelerator.library.NativeException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * The use of one device by this process. What it takes, the driver gives back when the process ends, however it ends.
 * Thread-safe: each call makes the context current on its thread first.
 */
public final class CudaContext implements AutoCloseable {
    private final Cuda cuda;
    private final CudaFunctions functions;
    private final int device;
    private final MemorySegment context;

    CudaContext(Cuda cuda, CudaFunctions functions, int device, MemorySegment context) {
        this.cuda = cuda;
        this.functions = functions;
        this.device = device;
        this.context = context;
    }

    /** Returns how the device's memory stands. */
    public CudaMemory memory() throws NativeException {
        makeCurrent();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment free = arena.allocate(JAVA_LONG);
            MemorySegment total = arena.allocate(JAVA_LONG);
            cuda.check(functions.memoryInfo, free, total);
            return new CudaMemory(free.get(JAVA_LONG, 0), total.get(JAVA_LONG, 0));
        }
    }

    /**
     * Takes memory in one piece.
     *
     * @return the piece; empty where the device has none of that size
     */
    public Optional<Block> allocate(long bytes) throws NativeException {
        makeCurrent();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(JAVA_LONG);
            int code = functions.allocate.call(address, bytes);
            if (CudaStatus.OUT_OF_MEMORY.is(code)) {
                return Optional.empty();
            }
            cuda.check(functions.allocate.name() + "(" + bytes + " bytes)", code);
            return Optional.of(new Block(address.get(JAVA_LONG, 0), bytes));
        }
    }

    /** Gives a piece back. */
    public void free(Block block) throws NativeException {
        makeCurrent();
        cuda.check(functions.free, block.address());
    }

    /**
     * Loads a kernel.
     *
     * @param ptx its text, which the driver compiles
     * @param name its name in that
     */
    public Kernel load(String ptx, String name) throws NativeException {
        makeCurrent();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment module = arena.allocate(ADDRESS);
            cuda.check(functions.loadModule, module, arena.allocateFrom(ptx));
            MemorySegment loaded = module.get(ADDRESS, 0);
            MemorySegment function = arena.allocate(ADDRESS);
            cuda.check(functions.function, function, loaded, arena.allocateFrom(name));
            return new Kernel(this, loaded, function.get(ADDRESS, 0));
        }
    }

    /** Starts a kernel that takes 64-bit parameters, and waits until it has ended. */
    void run(MemorySegment function, int blocks, int threads, long... parameters) throws NativeException {
        makeCurrent();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pointers = arena.allocate(ADDRESS, parameters.length);
            for (int index = 0; index < parameters.length; index++) {
                pointers.setAtIndex(ADDRESS, index, arena.allocateFrom(JAVA_LONG, parameters[index]));
            }
            cuda.check(
                    functions.launch,
                    function,
                    blocks,
                    1,
                    1,
                    threads,
                    1,
                    1,
                    0,
                    MemorySegment.NULL,
                    pointers,
                    MemorySegment.NULL);
            cuda.check(functions.synchronize);
        }
    }

    void unload(MemorySegment module) throws NativeException {
        makeCurrent();
        cuda.check(functions.unloadModule, module);
    }

    private void makeCurrent() throws NativeException {
        cuda.check(functions.setCurrent, context);
    }

    /** Ends the use of the device; all that was taken in it is given back, if nothing else in this process uses it. */
    @Override
    public void close() throws NativeException {
        cuda.check(functions.release, device);
    }
}
