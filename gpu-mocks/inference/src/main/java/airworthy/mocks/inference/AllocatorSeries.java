package airworthy.mocks.inference;

/**
 * The allocator's statistics as series. No exporter of them is usual, so names are those of {@code torch.cuda.memory_stats}; the
 * largest free block is what {@code torch.cuda.memory_snapshot} shows.
 *
 * @param labels of each series
 */
record AllocatorSeries(String labels) {

    /** Returns the text exposition, format 0.0.4. */
    String text(DeviceMemory.Statistics statistics) {
        return series("memory_reserved_bytes", "Memory taken from the device.", "gauge", statistics.reserved())
                + series("memory_allocated_bytes", "Of that, memory given out.", "gauge", statistics.allocated())
                + series(
                        "memory_largest_free_block_bytes",
                        "The largest block that is reserved and not given out.",
                        "gauge",
                        statistics.largestFree())
                + series("ooms_total", "Allocations that found no block.", "counter", statistics.failures());
    }

    private String series(String name, String help, String type, long value) {
        return "# HELP torch_cuda_%s %s\n# TYPE torch_cuda_%s %s\ntorch_cuda_%s{%s} %d\n"
                .formatted(name, help, name, type, name, labels, value);
    }
}
