package airworthy.accelerator.hold;

import airworthy.accelerator.cuda.Block;
import airworthy.accelerator.cuda.CudaContext;
import airworthy.accelerator.library.NativeException;
import java.util.Optional;

/** Finds how much of a device's memory can be had in one piece, by asking for it. */
final class LargestBlock {
    private LargestBlock() {}

    /**
     * Returns it in bytes, a whole number of pages: one page more was refused.
     *
     * @param most the most that is asked for
     */
    static long of(CudaContext context, long most) throws NativeException {
        long had = 0;
        long refused = most / HeldMemory.PAGE + 1;
        while (refused - had > 1) {
            long middle = (had + refused) >>> 1;
            Optional<Block> block = context.allocate(middle * HeldMemory.PAGE);
            if (block.isPresent()) {
                context.free(block.get());
                had = middle;
            } else {
                refused = middle;
            }
        }
        return had * HeldMemory.PAGE;
    }
}
