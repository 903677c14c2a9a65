package airworthy.accelerator.nvml;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import airworthy.accelerator.library.NativeException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Listens for the XIDs of devices. One thread may wait at a time, and none when it is closed. */
public final class XidEvents implements AutoCloseable {
    private static final long XID_CRITICAL_ERROR = 8;
    private static final long EVENT_BYTES = 32;

    private final NvmlFunctions functions;
    private final Nvml nvml;
    private final List<Gpu> gpus;
    private final MemorySegment set;

    private XidEvents(NvmlFunctions functions, Nvml nvml, List<Gpu> gpus, MemorySegment set) {
        this.functions = functions;
        this.nvml = nvml;
        this.gpus = gpus;
        this.set = set;
    }

    /**
     * An error that a device's driver told.
     *
     * @param gpu of which device
     * @param xid its number
     */
    public record Xid(Gpu gpu, long xid) {}

    /** Those that tell of such errors are listened to; not all products do. */
    static XidEvents of(NvmlFunctions functions, Nvml nvml, List<Gpu> gpus) throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pointer = arena.allocate(ADDRESS);
            nvml.check(functions.eventSetCreate, pointer);
            MemorySegment set = pointer.get(ADDRESS, 0);
            List<Gpu> telling = new ArrayList<>();
            for (Gpu gpu : gpus) {
                if (nvml.told(
                        functions.registerEvents,
                        functions.registerEvents.call(gpu.handle(), XID_CRITICAL_ERROR, set))) {
                    telling.add(gpu);
                }
            }
            return new XidEvents(functions, nvml, List.copyOf(telling), set);
        }
    }

    /** Returns the devices that are listened to. */
    public List<Gpu> gpus() {
        return gpus;
    }

    /** Waits for the next; empty when there was none in that time. */
    public Optional<Xid> next(Duration atMost) throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment event = arena.allocate(EVENT_BYTES, Long.BYTES);
            int code = functions.eventSetWait.call(set, event, (int) atMost.toMillis());
            if (NvmlStatus.ERROR_TIMEOUT.is(code)) {
                return Optional.empty();
            }
            nvml.succeeded(functions.eventSetWait, code);
            MemorySegment device = event.get(ADDRESS, 0);
            return gpus.stream()
                    .filter(gpu -> gpu.handle().address() == device.address())
                    .findFirst()
                    .map(gpu -> new Xid(gpu, event.get(JAVA_LONG, 2L * Long.BYTES)));
        }
    }

    @Override
    public void close() {
        functions.eventSetFree.call(set);
    }
}
