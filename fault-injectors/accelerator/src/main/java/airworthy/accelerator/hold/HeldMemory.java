package airworthy.accelerator.hold;

import airworthy.accelerator.cuda.Block;
import airworthy.accelerator.cuda.CudaContext;
import airworthy.accelerator.library.NativeException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Memory of a device that is held so that others find little. Given back when it is closed, or the process ends. Thread-safe.
 */
public final class HeldMemory implements AutoCloseable {
    /** What drivers page a device's memory by: no allocation takes less. */
    public static final long PAGE = 2L << 20;

    /** Small enough that one that fails tells little of what is still to be had, large enough that there are few. */
    private static final long LARGEST = 1L << 30;

    private final CudaContext context;
    private final long leaveFree;
    private final long most;
    private final Deque<Block> blocks = new ArrayDeque<>();
    private long held;

    /**
     * Holds nothing yet.
     *
     * @param leaveFree how many bytes of the device are left for others; less is only where others took it
     * @param most the most bytes that are held, whatever is free
     */
    public HeldMemory(CudaContext context, long leaveFree, long most) {
        if (leaveFree < 0 || most < 0) {
            throw new IllegalArgumentException("bytes cannot be fewer than none: " + leaveFree + ", " + most);
        }
        this.context = context;
        this.leaveFree = leaveFree;
        this.most = most;
    }

    /**
     * Takes what is free above what is to be left. To be called again where others may give memory back meanwhile.
     *
     * @return how many bytes are held now
     */
    public synchronized long take() throws NativeException {
        long size = LARGEST;
        while (size >= PAGE) {
            long over = Math.min(context.memory().free() - leaveFree, most - held);
            size = Math.min(size, over / PAGE * PAGE);
            if (size < PAGE) {
                break;
            }
            Optional<Block> block = context.allocate(size);
            if (block.isPresent()) {
                blocks.push(block.get());
                held += size;
            } else {
                // what is free is not to be had in one piece, or somebody was faster
                size = size / 2 / PAGE * PAGE;
            }
        }
        return held;
    }

    /** Returns how many bytes are held. */
    public synchronized long bytes() {
        return held;
    }

    /** Gives all of it back. */
    @Override
    public synchronized void close() throws NativeException {
        while (!blocks.isEmpty()) {
            Block block = blocks.pop();
            context.free(block);
            held -= block.bytes();
        }
    }
}
