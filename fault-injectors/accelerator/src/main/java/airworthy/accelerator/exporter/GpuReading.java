package airworthy.accelerator.exporter;

import airworthy.accelerator.nvml.GpuIdentity;
import airworthy.accelerator.nvml.GpuMemory;
import airworthy.accelerator.nvml.Sensor;
import airworthy.accelerator.nvml.Utilization;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one device told at one time.
 *
 * @param gpu which
 * @param memory its memory
 * @param utilization how busy it was, where it tells
 * @param sensors those that it has
 * @param lastXid the last error of it that was seen since the exporter started, if any
 */
record GpuReading(
        GpuIdentity gpu,
        GpuMemory memory,
        Optional<Utilization> utilization,
        Map<Sensor, Long> sensors,
        OptionalLong lastXid) {
    GpuReading {
        sensors = Map.copyOf(sensors);
    }

    OptionalLong sensor(Sensor sensor) {
        Long value = sensors.get(sensor);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
