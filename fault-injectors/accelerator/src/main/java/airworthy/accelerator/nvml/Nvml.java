package airworthy.accelerator.nvml;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import airworthy.accelerator.library.NativeException;
import airworthy.accelerator.library.NativeFunction;
import airworthy.accelerator.library.Opening;
import airworthy.accelerator.library.SharedLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * NVML. Nothing here changes a setting of a device. Thread-safe, as the library is; to be closed once.
 *
 * <p>Layouts of structures are those of {@code nvml.h} 12.9 on 64-bit Linux, and have not changed since the versions that the
 * functions' names carry.
 */
public final class Nvml implements AutoCloseable {
    private static final List<String> USUAL = List.of("libnvidia-ml.so.1", "libnvidia-ml.so");

    private static final int TEXT = 96;
    private static final int TEMPERATURE_GPU = 0;
    private static final int CLOCK_SM = 1;
    private static final int CLOCK_MEMORY = 2;

    private static final long MEMORY_V2_BYTES = 40;
    /** The size and the version of the structure, as the library asks for it: {@code NVML_STRUCT_VERSION(Memory, 2)}. */
    private static final int MEMORY_V2 = (int) (MEMORY_V2_BYTES | 2 << 24);

    private static final long PROCESS_BYTES = 24;
    private static final long PCI_BYTES = 68;
    private static final long PCI_BUS_ID = 36;
    private static final int PCI_BUS_ID_LENGTH = 32;
    private static final long NOT_AVAILABLE = -1;

    private final NvmlFunctions functions;

    private Nvml(NvmlFunctions functions) {
        this.functions = functions;
    }

    /** Opens the driver's own, by its usual names. */
    public static Opening<Nvml> open() {
        return open(USUAL, new KernelModule());
    }

    /**
     * Opens a library.
     *
     * @param names file names or paths; the first that can be loaded is taken
     * @param module the kernel module, asked for its version where the two do not go together
     */
    public static Opening<Nvml> open(List<String> names, KernelModule module) {
        return SharedLibrary.open(
                names, library -> new Nvml(new NvmlFunctions(library)), nvml -> nvml.initialise(module));
    }

    private Optional<Opening<Nvml>> initialise(KernelModule module) {
        int code = functions.init.call();
        if (NvmlStatus.SUCCESS.is(code)) {
            return Optional.empty();
        }
        NativeException failure = failure(functions.init.name(), code);
        if (NvmlStatus.ERROR_LIB_RM_VERSION_MISMATCH.is(code)) {
            return Optional.of(new Opening.Mismatch<>(failure, libraryVersionAnyway(), module.version()));
        }
        return Optional.of(
                NvmlStatus.ERROR_DRIVER_NOT_LOADED.is(code)
                        ? new Opening.NoDevice<>(failure)
                        : new Opening.Failed<>(failure));
    }

    /** Returns the version of the driver, for example {@code 580.159.03}. */
    public String driverVersion() throws NativeException {
        return text(functions.driverVersion);
    }

    /** Returns the version of the library; where it is another than the driver's, the library is a foreign one. */
    public String libraryVersion() throws NativeException {
        return text(functions.libraryVersion);
    }

    /** Told without the library having been initialised. */
    private Optional<String> libraryVersionAnyway() {
        try {
            return Optional.of(libraryVersion());
        } catch (NativeException _) {
            return Optional.empty();
        }
    }

    /** Returns the devices that this process may see. */
    public List<Gpu> gpus() throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(JAVA_INT);
            check(functions.count, count);
            List<Gpu> gpus = new ArrayList<>();
            for (int index = 0; index < count.get(JAVA_INT, 0); index++) {
                gpus.add(gpu(arena, index));
            }
            return gpus;
        }
    }

    private Gpu gpu(Arena arena, int index) throws NativeException {
        MemorySegment pointer = arena.allocate(ADDRESS);
        check(functions.handle, index, pointer);
        MemorySegment handle = pointer.get(ADDRESS, 0);
        MemorySegment minor = arena.allocate(JAVA_INT);
        check(functions.minor, handle, minor);
        MemorySegment pci = arena.allocate(PCI_BYTES, Long.BYTES);
        check(functions.pci, handle, pci);
        return new Gpu(
                new GpuIdentity(
                        index,
                        minor.get(JAVA_INT, 0),
                        text(functions.uuid, handle),
                        text(functions.name, handle),
                        pci.asSlice(PCI_BUS_ID, PCI_BUS_ID_LENGTH).getString(0)),
                handle);
    }

    /** Returns how a device's memory stands. */
    public GpuMemory memory(Gpu gpu) throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(MEMORY_V2_BYTES, Long.BYTES);
            if (functions.memoryV2.isEmpty()) {
                check(functions.memory, gpu.handle(), memory);
                return new GpuMemory(
                        memory.get(JAVA_LONG, 0),
                        OptionalLong.empty(),
                        memory.get(JAVA_LONG, 8),
                        memory.get(JAVA_LONG, 16));
            }
            memory.set(JAVA_INT, 0, MEMORY_V2);
            check(functions.memoryV2.get(), gpu.handle(), memory);
            return new GpuMemory(
                    memory.get(JAVA_LONG, 8),
                    OptionalLong.of(memory.get(JAVA_LONG, 16)),
                    memory.get(JAVA_LONG, 24),
                    memory.get(JAVA_LONG, 32));
        }
    }

    /** Returns how busy a device is; empty where it does not tell, as a part of one does not. */
    public Optional<Utilization> utilization(Gpu gpu) throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment rates = arena.allocate(2L * Integer.BYTES, Integer.BYTES);
            return told(functions.utilization, functions.utilization.call(gpu.handle(), rates))
                    ? Optional.of(new Utilization(rates.get(JAVA_INT, 0), rates.get(JAVA_INT, Integer.BYTES)))
                    : Optional.empty();
        }
    }

    /** Returns the processes that compute on a device, as far as this process may see them. */
    public List<GpuProcess> processes(Gpu gpu) throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(JAVA_INT);
            int room = 0;
            while (true) {
                count.set(JAVA_INT, 0, room);
                MemorySegment found = room == 0 ? MemorySegment.NULL : arena.allocate(room * PROCESS_BYTES, Long.BYTES);
                int code = functions.processes.call(gpu.handle(), count, found);
                if (!NvmlStatus.ERROR_INSUFFICIENT_SIZE.is(code)) {
                    succeeded(functions.processes, code);
                    return processes(found, room == 0 ? 0 : count.get(JAVA_INT, 0));
                }
                // others may start meanwhile
                room = Math.max(count.get(JAVA_INT, 0), room) * 2 + 4;
            }
        }
    }

    private static List<GpuProcess> processes(MemorySegment found, int count) {
        List<GpuProcess> processes = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            MemorySegment each = found.asSlice(index * PROCESS_BYTES, PROCESS_BYTES);
            long used = each.get(JAVA_LONG, Long.BYTES);
            processes.add(new GpuProcess(
                    Integer.toUnsignedLong(each.get(JAVA_INT, 0)),
                    used == NOT_AVAILABLE ? OptionalLong.empty() : OptionalLong.of(used)));
        }
        return processes;
    }

    /** Returns what a sensor of a device tells; empty where the product has none. */
    public OptionalLong read(Gpu gpu, Sensor sensor) throws NativeException {
        Optional<NativeFunction> function = Optional.ofNullable(functions.sensors.get(sensor));
        if (function.isEmpty()) {
            return OptionalLong.empty();
        }
        try (Arena arena = Arena.ofConfined()) {
            // large enough for either kind of integer
            MemorySegment value = arena.allocate(JAVA_LONG);
            int code = switch (sensor) {
                case TEMPERATURE -> function.get().call(gpu.handle(), TEMPERATURE_GPU, value);
                case SM_CLOCK -> function.get().call(gpu.handle(), CLOCK_SM, value);
                case MEMORY_CLOCK -> function.get().call(gpu.handle(), CLOCK_MEMORY, value);
                case POWER, ENERGY, PCIE_REPLAYS -> function.get().call(gpu.handle(), value);
            };
            return told(function.get(), code)
                    ? OptionalLong.of(
                            sensor == Sensor.ENERGY
                                    ? value.get(JAVA_LONG, 0)
                                    : Integer.toUnsignedLong(value.get(JAVA_INT, 0)))
                    : OptionalLong.empty();
        }
    }

    /** Listens for critical errors of devices; close it before this. */
    public XidEvents xids(List<Gpu> gpus) throws NativeException {
        return XidEvents.of(functions, this, gpus);
    }

    /** Whether a call told something; not where the product does not support it. */
    boolean told(NativeFunction function, int code) throws NativeException {
        if (NvmlStatus.ERROR_NOT_SUPPORTED.is(code)) {
            return false;
        }
        succeeded(function, code);
        return true;
    }

    private String text(NativeFunction function, Object... first) throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(TEXT);
            List<Object> arguments = new ArrayList<>(List.of(first));
            arguments.add(text);
            arguments.add(TEXT);
            check(function, arguments.toArray());
            return text.getString(0);
        }
    }

    void check(NativeFunction function, Object... arguments) throws NativeException {
        succeeded(function, function.call(arguments));
    }

    void succeeded(NativeFunction function, int code) throws NativeException {
        if (!NvmlStatus.SUCCESS.is(code)) {
            throw failure(function.name(), code);
        }
    }

    private NativeException failure(String call, int code) {
        return new NativeException(call, code, NvmlStatus.nameOf(code), functions.words(code));
    }

    @Override
    public void close() {
        // the library counts its users: others in this process may still need it, and there is nothing to do about a
        // failure
        functions.shutdown.call();
    }
}
