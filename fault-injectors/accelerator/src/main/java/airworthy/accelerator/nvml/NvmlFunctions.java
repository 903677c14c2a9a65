package airworthy.accelerator.nvml;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import airworthy.accelerator.library.NativeFunction;
import airworthy.accelerator.library.NativeText;
import airworthy.accelerator.library.SharedLibrary;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** NVML's functions, as far as they are needed, looked up once. */
final class NvmlFunctions {
    final NativeFunction init;
    final NativeFunction shutdown;
    final NativeFunction driverVersion;
    final NativeFunction libraryVersion;
    final NativeFunction count;
    final NativeFunction handle;
    final NativeFunction minor;
    final NativeFunction pci;
    final NativeFunction uuid;
    final NativeFunction name;
    final NativeFunction memory;
    final Optional<NativeFunction> memoryV2;
    final NativeFunction utilization;
    final NativeFunction processes;
    final NativeFunction eventSetCreate;
    final NativeFunction eventSetFree;
    final NativeFunction registerEvents;
    final NativeFunction eventSetWait;
    final Map<Sensor, NativeFunction> sensors = new EnumMap<>(Sensor.class);
    private final Optional<MethodHandle> words;

    NvmlFunctions(SharedLibrary library) {
        init = library.function("nvmlInit_v2");
        shutdown = library.function("nvmlShutdown");
        driverVersion = library.function("nvmlSystemGetDriverVersion", ADDRESS, JAVA_INT);
        libraryVersion = library.function("nvmlSystemGetNVMLVersion", ADDRESS, JAVA_INT);
        count = library.function("nvmlDeviceGetCount_v2", ADDRESS);
        handle = library.function("nvmlDeviceGetHandleByIndex_v2", JAVA_INT, ADDRESS);
        minor = library.function("nvmlDeviceGetMinorNumber", ADDRESS, ADDRESS);
        pci = library.function("nvmlDeviceGetPciInfo_v3", ADDRESS, ADDRESS);
        uuid = library.function("nvmlDeviceGetUUID", ADDRESS, ADDRESS, JAVA_INT);
        name = library.function("nvmlDeviceGetName", ADDRESS, ADDRESS, JAVA_INT);
        memory = library.function("nvmlDeviceGetMemoryInfo", ADDRESS, ADDRESS);
        memoryV2 = library.optional("nvmlDeviceGetMemoryInfo_v2", ADDRESS, ADDRESS);
        utilization = library.function("nvmlDeviceGetUtilizationRates", ADDRESS, ADDRESS);
        // the second version has the same structure, and is what older drivers have
        processes = library.optional("nvmlDeviceGetComputeRunningProcesses_v3", ADDRESS, ADDRESS, ADDRESS)
                .orElseGet(
                        () -> library.function("nvmlDeviceGetComputeRunningProcesses_v2", ADDRESS, ADDRESS, ADDRESS));
        eventSetCreate = library.function("nvmlEventSetCreate", ADDRESS);
        eventSetFree = library.function("nvmlEventSetFree", ADDRESS);
        registerEvents = library.function("nvmlDeviceRegisterEvents", ADDRESS, JAVA_LONG, ADDRESS);
        eventSetWait = library.function("nvmlEventSetWait_v2", ADDRESS, ADDRESS, JAVA_INT);
        words = library.handle("nvmlErrorString", FunctionDescriptor.of(ADDRESS, JAVA_INT));
        for (Sensor sensor : Sensor.values()) {
            sensor(library, sensor).ifPresent(function -> sensors.put(sensor, function));
        }
    }

    private static Optional<NativeFunction> sensor(SharedLibrary library, Sensor sensor) {
        return switch (sensor) {
            case TEMPERATURE, SM_CLOCK, MEMORY_CLOCK -> library.optional(sensor.function(), ADDRESS, JAVA_INT, ADDRESS);
            case POWER, ENERGY, PCIE_REPLAYS -> library.optional(sensor.function(), ADDRESS, ADDRESS);
        };
    }

    /** The library's own words for a code. */
    String words(int code) {
        if (words.isEmpty()) {
            return "the library has no words for it";
        }
        try {
            MemorySegment text = (MemorySegment) words.get().invokeExact(code);
            return NativeText.at(text);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("nvmlErrorString threw", e);
        }
    }
}
