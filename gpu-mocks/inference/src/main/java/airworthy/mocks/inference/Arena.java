package airworthy.mocks.inference;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A stretch of device memory that blocks are cut from, as a caching allocator does: the smallest free block that suffices is
 * split, and a block that is given back is joined to free neighbours. What is asked must lie in one piece. Not thread-safe.
 */
final class Arena {

    private final long bytes;
    private final NavigableMap<Long, Long> free = new TreeMap<>();
    private long allocated;

    Arena(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("an arena of " + bytes + " bytes");
        }
        this.bytes = bytes;
        free.put(0L, bytes);
    }

    /** A piece of the arena, from its offset on. */
    record Block(long offset, long bytes) {

        long end() {
            return offset + bytes;
        }
    }

    /** Takes a block from the smallest free one that holds it; empty where none does, however much is free in total. */
    Optional<Block> allocate(long wanted) {
        return free.entrySet().stream()
                .filter(block -> block.getValue() >= wanted)
                .min(Map.Entry.<Long, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .map(offset -> take(new Block(offset, wanted)));
    }

    /**
     * Takes exactly this block.
     *
     * @throws IllegalArgumentException if it is not free as a whole
     */
    Block take(Block block) {
        Map.Entry<Long, Long> around = free.floorEntry(block.offset());
        if (around == null || block.bytes() < 1 || around.getKey() + around.getValue() < block.end()) {
            throw new IllegalArgumentException(block + " is not free");
        }
        long end = around.getKey() + around.getValue();
        free.remove(around.getKey());
        if (around.getKey() < block.offset()) {
            free.put(around.getKey(), block.offset() - around.getKey());
        }
        if (block.end() < end) {
            free.put(block.end(), end - block.end());
        }
        allocated += block.bytes();
        return block;
    }

    void release(Block block) {
        long offset = block.offset();
        long end = block.end();
        Map.Entry<Long, Long> below = free.floorEntry(offset);
        if (below != null && below.getKey() + below.getValue() == offset) {
            offset = below.getKey();
        }
        Long above = free.remove(end);
        if (above != null) {
            end += above;
        }
        free.put(offset, end - offset);
        allocated -= block.bytes();
    }

    /** The free blocks by their offsets. */
    NavigableMap<Long, Long> free() {
        return new TreeMap<>(free);
    }

    long allocated() {
        return allocated;
    }

    long unallocated() {
        return bytes - allocated;
    }

    long largestFree() {
        return free.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }
}
