package airworthy.mocks.inference;

import airworthy.mocks.inference.Arena.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What beside requests takes an arena's memory, as the levers stand: small blocks that stay and cut the rest into pieces, or one
 * big holder. Both take what is free at the time, and again what requests give back. Not thread-safe.
 */
final class MemoryPressure {

    /** PyTorch rounds what is large to 2 MiB. */
    static final long GRAIN = 2L << 20;

    private final Arena arena;
    private final long workspace;
    private final List<Block> small = new ArrayList<>();
    private final List<Block> held = new ArrayList<>();

    /** @param workspace bytes that one request needs in one piece */
    MemoryPressure(Arena arena, long workspace) {
        this.arena = arena;
        this.workspace = workspace;
    }

    /**
     * Takes and gives back until the arena is as the levers say.
     *
     * @param piece the largest free block, as a part of what a request needs; 0 is no bound
     * @param left what is free in total, as a part of what a request needs; 0 is no bound
     */
    void settle(double piece, double left) {
        if (piece > 0) {
            cut(grains(piece));
        } else {
            giveBack(small);
        }
        if (left > 0) {
            hold(grains(left));
        } else {
            giveBack(held);
        }
    }

    private long grains(double part) {
        return Math.max(1, (long) (part * workspace / GRAIN)) * GRAIN;
    }

    private void cut(long largest) {
        for (Map.Entry<Long, Long> block : arena.free().entrySet()) {
            long end = block.getKey() + block.getValue();
            for (long at = block.getKey() + largest; at + GRAIN <= end; at += largest + GRAIN) {
                small.add(arena.take(new Block(at, GRAIN)));
            }
        }
    }

    private void hold(long bytesLeft) {
        for (Map.Entry<Long, Long> block : arena.free().entrySet()) {
            long surplus = Math.min(block.getValue(), arena.unallocated() - bytesLeft);
            if (surplus > 0) {
                held.add(arena.take(new Block(block.getKey(), surplus)));
            }
        }
    }

    private void giveBack(List<Block> blocks) {
        blocks.forEach(arena::release);
        blocks.clear();
    }
}
