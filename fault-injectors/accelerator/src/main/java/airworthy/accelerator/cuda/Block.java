package airworthy.accelerator.cuda;

/**
 * A piece of a device's memory that is held.
 *
 * @param address on the device; no program here reads or writes there
 * @param bytes as many as were asked for
 */
public record Block(long address, long bytes) {}
