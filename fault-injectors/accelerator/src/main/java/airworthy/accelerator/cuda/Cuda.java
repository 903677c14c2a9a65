package airworthy.accelerator.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import airworthy.accelerator.library.NativeException;
import airworthy.accelerator.library.NativeFunction;
import airworthy.accelerator.library.NativeText;
import airworthy.accelerator.library.Opening;
import airworthy.accelerator.library.SharedLibrary;
import airworthy.accelerator.nvml.KernelModule;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The CUDA driver API. Thread-safe, as the library is. */
public final class Cuda {
    private static final List<String> USUAL = List.of("libcuda.so.1", "libcuda.so");

    private static final int NAME_LENGTH = 128;
    private static final int UUID_BYTES = 16;
    private static final int MULTIPROCESSOR_COUNT = 16;
    private static final int MAX_THREADS_PER_MULTIPROCESSOR = 39;
    private static final int CAPABILITY_MAJOR = 75;
    private static final int CAPABILITY_MINOR = 76;
    private static final int SCHED_BLOCKING_SYNC = 4;

    private final CudaFunctions functions;

    private Cuda(CudaFunctions functions) {
        this.functions = functions;
    }

    /** Opens the driver's own, by its usual names. */
    public static Opening<Cuda> open() {
        return open(USUAL, new KernelModule());
    }

    /**
     * Opens a library and initialises it.
     *
     * @param names file names or paths; the first that can be loaded is taken
     * @param module the kernel module, asked for its version where the two do not go together
     */
    public static Opening<Cuda> open(List<String> names, KernelModule module) {
        return SharedLibrary.open(
                names, library -> new Cuda(new CudaFunctions(library)), cuda -> cuda.initialise(module));
    }

    private Optional<Opening<Cuda>> initialise(KernelModule module) {
        int code = functions.init.call(0);
        if (CudaStatus.SUCCESS.is(code)) {
            return Optional.empty();
        }
        NativeException failure = failure(functions.init.name(), code);
        if (CudaStatus.SYSTEM_DRIVER_MISMATCH.is(code) || CudaStatus.COMPAT_NOT_SUPPORTED_ON_DEVICE.is(code)) {
            return Optional.of(new Opening.Mismatch<>(failure, version(), module.version()));
        }
        return Optional.of(
                CudaStatus.NO_DEVICE.is(code) ? new Opening.NoDevice<>(failure) : new Opening.Failed<>(failure));
    }

    /** Returns the newest version of CUDA that the library knows, for example {@code CUDA 13.0}; told at any time. */
    public Optional<String> version() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment version = arena.allocate(JAVA_INT);
            int known = CudaStatus.SUCCESS.is(functions.version.call(version)) ? version.get(JAVA_INT, 0) : 0;
            return known == 0 ? Optional.empty() : Optional.of("CUDA " + known / 1000 + "." + known % 1000 / 10);
        }
    }

    /** Returns the devices that this process may see. */
    public List<CudaDevice> devices() throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(JAVA_INT);
            check(functions.count, count);
            List<CudaDevice> devices = new ArrayList<>();
            for (int ordinal = 0; ordinal < count.get(JAVA_INT, 0); ordinal++) {
                devices.add(device(arena, ordinal));
            }
            return devices;
        }
    }

    private CudaDevice device(Arena arena, int ordinal) throws NativeException {
        MemorySegment device = arena.allocate(JAVA_INT);
        check(functions.device, device, ordinal);
        int handle = device.get(JAVA_INT, 0);
        MemorySegment name = arena.allocate(NAME_LENGTH);
        check(functions.name, name, NAME_LENGTH, handle);
        MemorySegment uuid = arena.allocate(UUID_BYTES);
        check(functions.uuid, uuid, handle);
        ByteBuffer bytes = uuid.asByteBuffer();
        return new CudaDevice(
                ordinal,
                "GPU-" + new UUID(bytes.getLong(), bytes.getLong()),
                name.getString(0),
                attribute(arena, MULTIPROCESSOR_COUNT, handle),
                attribute(arena, MAX_THREADS_PER_MULTIPROCESSOR, handle),
                10 * attribute(arena, CAPABILITY_MAJOR, handle) + attribute(arena, CAPABILITY_MINOR, handle));
    }

    private int attribute(Arena arena, int attribute, int device) throws NativeException {
        MemorySegment value = arena.allocate(JAVA_INT);
        check(functions.attribute, value, attribute, device);
        return value.get(JAVA_INT, 0);
    }

    /** Begins to use a device; what is taken on it is given back when that is closed, or the process ends. */
    public CudaContext use(CudaDevice device) throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment handle = arena.allocate(JAVA_INT);
            check(functions.device, handle, device.ordinal());
            sleepWhileWaiting(handle.get(JAVA_INT, 0));
            MemorySegment context = arena.allocate(ADDRESS);
            check(functions.retain, context, handle.get(JAVA_INT, 0));
            return new CudaContext(this, functions, handle.get(JAVA_INT, 0), context.get(ADDRESS, 0));
        }
    }

    /** Who waits for a kernel by asking again and again takes a processor from others, which is no part of any fault. */
    private void sleepWhileWaiting(int device) throws NativeException {
        int code = functions.setFlags.call(device, SCHED_BLOCKING_SYNC);
        // in use already: then this was set when that use began
        if (!CudaStatus.PRIMARY_CONTEXT_ACTIVE.is(code)) {
            check(functions.setFlags.name(), code);
        }
    }

    void check(NativeFunction function, Object... arguments) throws NativeException {
        check(function.name(), function.call(arguments));
    }

    void check(String call, int code) throws NativeException {
        if (!CudaStatus.SUCCESS.is(code)) {
            throw failure(call, code);
        }
    }

    NativeException failure(String call, int code) {
        return new NativeException(call, code, told(functions.errorName, code), told(functions.errorString, code));
    }

    private static String told(NativeFunction function, int code) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pointer = arena.allocate(ADDRESS);
            return CudaStatus.SUCCESS.is(function.call(code, pointer))
                    ? NativeText.at(pointer.get(ADDRESS, 0))
                    : "a code that the library does not know";
        }
    }
}
