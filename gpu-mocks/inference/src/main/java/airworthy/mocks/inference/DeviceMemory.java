package airworthy.mocks.inference;

import airworthy.mocks.inference.Arena.Block;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The accelerator's memory as a server on PyTorch uses it: all of it is reserved at the start, weights and key-value cache are
 * taken once, and each request takes a workspace in one piece. So who looks at used and total from outside sees the same whatever
 * happens within. Safe for any number of threads.
 */
final class DeviceMemory {

    private static final long MIB = 1L << 20;

    // An H100 of 80 GB as NVML tells it, less what the CUDA context takes and what is too little to reserve.
    private static final long DEVICE = 81_559 * MIB;
    private static final long CONTEXT = 527 * MIB;
    private static final long NOT_RESERVED = 32 * MIB;
    private static final long RESERVED = DEVICE - CONTEXT - NOT_RESERVED;

    private static final long WORKSPACE = 128 * MIB;

    private final Levers levers;
    private final Arena arena = new Arena(RESERVED);
    private final MemoryPressure pressure = new MemoryPressure(arena, WORKSPACE);
    private final ReentrantLock lock = new ReentrantLock();
    private long failures;

    /** @param requests how many at once find room */
    DeviceMemory(Levers levers, int requests) {
        this.levers = levers;
        long elsewhere = RESERVED - requests * WORKSPACE;
        if (elsewhere < 0 || arena.allocate(elsewhere).isEmpty()) {
            throw new IllegalArgumentException(
                    requests + " requests at once need more than the " + words(RESERVED) + " that are reserved");
        }
    }

    /**
     * What the allocator tells of itself, in bytes.
     *
     * @param reserved taken from the device
     * @param allocated of that, given out
     * @param largestFree the largest free block within
     * @param failures how often something asked found no block
     */
    record Statistics(long reserved, long allocated, long largestFree, long failures) {}

    /** Returns the levers' effect and all that requests hold. */
    Statistics statistics() {
        lock.lock();
        try {
            settle();
            return new Statistics(RESERVED, arena.allocated(), arena.largestFree(), failures);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes one request's workspace.
     *
     * @throws OutOfMemory when no free block is large enough; the message is PyTorch's
     */
    Block take() throws OutOfMemory {
        lock.lock();
        try {
            settle();
            Optional<Block> found = arena.allocate(WORKSPACE);
            if (found.isEmpty()) {
                failures++;
                throw new OutOfMemory(words());
            }
            return found.get();
        } finally {
            lock.unlock();
        }
    }

    void giveBack(Block workspace) {
        lock.lock();
        try {
            arena.release(workspace);
        } finally {
            lock.unlock();
        }
    }

    private String words() {
        return "CUDA out of memory. Tried to allocate %s. GPU 0 has a total capacity of %s of which %s is free. "
                        .formatted(words(WORKSPACE), words(DEVICE), words(NOT_RESERVED))
                + "Including non-PyTorch memory, this process has %s memory in use. "
                        .formatted(words(RESERVED + CONTEXT))
                + "Of the allocated memory %s is allocated by PyTorch, and %s is reserved by PyTorch but unallocated. "
                        .formatted(words(arena.allocated()), words(arena.unallocated()))
                + "If reserved but unallocated memory is large try setting"
                + " PYTORCH_CUDA_ALLOC_CONF=expandable_segments:True to avoid fragmentation.";
    }

    private static String words(long bytes) {
        return bytes < 1024 * MIB
                ? String.format(Locale.ROOT, "%.2f MiB", (double) bytes / MIB)
                : String.format(Locale.ROOT, "%.2f GiB", (double) bytes / MIB / 1024);
    }

    /** Before each look and each taking: levers move, and requests give back, whenever they do. */
    private void settle() {
        pressure.settle(levers.get(Lever.MEMORY_PIECE), levers.get(Lever.MEMORY_LEFT));
    }
}
