package airworthy.accelerator.cuda;

/**
 * A device's memory as a context on it sees it, in bytes.
 *
 * @param free what the driver says is free; how much of it one allocation can have is another question
 * @param total all of it
 */
public record CudaMemory(long free, long total) {}
