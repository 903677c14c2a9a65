package airworthy.probes.exporter;

import java.util.OptionalDouble;

/**
 * What an exporter in the manner of dcgm-exporter says of one device.
 *
 * @param lastXid the code of the last XID error, 0 for none; empty if it says nothing of them
 * @param telemetry how many other figures it gives of the device
 */
public record DeviceReadings(OptionalDouble lastXid, int telemetry) {}
