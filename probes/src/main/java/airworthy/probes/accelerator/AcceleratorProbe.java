package airworthy.probes.accelerator;

import airworthy.probes.Reading;
import airworthy.probes.http.HttpReads;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Asks a program of ours what NVML says of the device that it uses. Thread-safe. */
public final class AcceleratorProbe {
    private final HttpReads reads;

    public AcceleratorProbe(HttpReads reads) {
        this.reads = reads;
    }

    /** What it says now. */
    public Reading<DeviceSeen> read(URI page) throws InterruptedException {
        return switch (reads.json(page)) {
            case Reading.Present<JsonNode>(JsonNode json)
            when json.at("/memory/freeBytes").isIntegralNumber()
                    && json.at("/memory/totalBytes").isIntegralNumber() -> new Reading.Present<>(seen(json));
            case Reading.Present<JsonNode> _ ->
                new Reading.Unreadable<>(
                        page + ": found no memory.freeBytes and memory.totalBytes, expected those of a device");
            case Reading.Absent<JsonNode>(String how) -> new Reading.Absent<>(how);
            case Reading.Unreadable<JsonNode>(String why) -> new Reading.Unreadable<>(why);
        };
    }

    private static DeviceSeen seen(JsonNode json) {
        JsonNode utilization = json.path("utilizationPercent");
        return new DeviceSeen(
                json.path("name").asText() + " " + json.path("uuid").asText() + ", driver "
                        + json.path("driver").asText(),
                json.at("/memory/totalBytes").asLong(),
                json.at("/memory/freeBytes").asLong(),
                utilization.isIntegralNumber() ? OptionalInt.of(utilization.asInt()) : OptionalInt.empty(),
                json.at("/held/bytes").asLong(),
                Duration.ofMillis(Math.round(json.at("/held/busySeconds").asDouble() * 1e3)),
                Optional.of(json.path("problem").asText()).filter(problem -> !problem.isEmpty()));
    }
}
