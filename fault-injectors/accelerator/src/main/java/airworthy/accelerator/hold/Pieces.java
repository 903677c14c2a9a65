package airworthy.accelerator.hold;

import airworthy.accelerator.cuda.Block;
import airworthy.accelerator.cuda.CudaContext;
import airworthy.accelerator.library.NativeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A device's memory with holes: every second piece of it is held. Whether that keeps anybody from a large piece is the
 * driver's affair, and is measured, not assumed. Given back when it is closed. Not thread-safe.
 */
public final class Pieces implements AutoCloseable {
    private final CudaContext context;
    private final List<Block> kept = new ArrayList<>();

    private Pieces(CudaContext context) {
        this.context = context;
    }

    /**
     * Takes pieces of one size until there are none left, then gives every second one back.
     *
     * @param size of each, in bytes
     * @param most the most bytes that are taken meanwhile
     */
    public static Pieces make(CudaContext context, long size, long most) throws NativeException {
        Pieces pieces = new Pieces(context);
        try {
            pieces.takeAll(size, most);
            pieces.giveEverySecondBack();
            return pieces;
        } catch (NativeException e) {
            pieces.close();
            throw e;
        }
    }

    private void takeAll(long size, long most) throws NativeException {
        for (long taken = 0; taken + size <= most; taken += size) {
            Optional<Block> block = context.allocate(size);
            if (block.isEmpty()) {
                return;
            }
            kept.add(block.get());
        }
    }

    private void giveEverySecondBack() throws NativeException {
        for (int index = kept.size() - 1; index >= 0; index -= 2) {
            context.free(kept.remove(index));
        }
    }

    /** Returns how many pieces are held. */
    public int count() {
        return kept.size();
    }

    @Override
    public void close() throws NativeException {
        while (!kept.isEmpty()) {
            context.free(kept.removeLast());
        }
    }
}
