package airworthy.mocks.devices;

/**
 * What NVML and the kernel log tell about a GPU at one moment.
 *
 * @param lost whether calls to NVML about it fail
 * @param lastXid code of the XID raised last, or 0
 * @param memoryTaken bytes that somebody took, beside what its holder uses
 */
record Reading(boolean lost, int lastXid, long memoryTaken) {}
