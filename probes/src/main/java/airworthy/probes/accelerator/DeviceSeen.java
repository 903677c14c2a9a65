package airworthy.probes.accelerator;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What NVML said of a device, and what of it a program of ours was granted.
 *
 * @param told the device's name and UUID and its driver's version, for people
 * @param totalBytes of its memory
 * @param freeBytes of its memory
 * @param utilizationPercent the share of the time in which a kernel of anybody ran, over the last sample period; empty where the
 *     device does not tell
 * @param heldBytes of its memory, granted to the program
 * @param busy for how long kernels of the program have been under way since its lever was set
 * @param problem what ended the fault before it was to end, if anything did
 */
public record DeviceSeen(
        String told,
        long totalBytes,
        long freeBytes,
        OptionalInt utilizationPercent,
        long heldBytes,
        Duration busy,
        Optional<String> problem) {}
