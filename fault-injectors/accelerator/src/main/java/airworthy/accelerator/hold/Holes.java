package airworthy.accelerator.hold;

import airworthy.accelerator.cuda.CudaContext;
import airworthy.accelerator.library.NativeException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Measures whether holes in a device's memory keep anybody from a large piece of it.
 *
 * <p>All but an arena is held in large pieces, so that the arena is all there is; it is filled with small ones, every second
 * is given back, and what can then be had in one piece is found by asking. Nothing is held when this returns.
 */
public final class Holes {
    private final CudaContext context;
    private final LongSupplier nanoTime;

    public Holes(CudaContext context, LongSupplier nanoTime) {
        this.context = context;
        this.nanoTime = nanoTime;
    }

    /**
     * Measures.
     *
     * @param arena how many bytes take part
     * @param sizes of the pieces, in bytes, one state for each
     */
    public HolesReport measure(long arena, List<Long> sizes) throws NativeException {
        List<HolesReport.State> states = new ArrayList<>();
        try (HeldMemory rest = new HeldMemory(context, arena, Long.MAX_VALUE)) {
            long begun = nanoTime.getAsLong();
            rest.take();
            states.add(state("before", 0, begun));
            for (long size : sizes) {
                long cutting = nanoTime.getAsLong();
                try (Pieces pieces = Pieces.make(context, size, arena)) {
                    states.add(state("in pieces of " + size + " bytes", pieces.count(), cutting));
                }
            }
            states.add(state("after", 0, nanoTime.getAsLong()));
        }
        return new HolesReport(arena, states);
    }

    private HolesReport.State state(String name, int pieces, long begun) throws NativeException {
        long took = nanoTime.getAsLong() - begun;
        long free = context.memory().free();
        return new HolesReport.State(name, pieces, free, LargestBlock.of(context, free), took);
    }
}
