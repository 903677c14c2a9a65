package airworthy.runner.watch;

import airworthy.faults.Applied;
import airworthy.model.Change;
import airworthy.model.Event;
import airworthy.model.Fault;
import airworthy.model.Layer;
import airworthy.model.ScenarioId;
import airworthy.probes.Reading;
import airworthy.probes.accelerator.AcceleratorProbe;
import airworthy.probes.accelerator.DeviceSeen;
import airworthy.runner.FaultWatch;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/** Asks NVML, where our pod uses the device, whether its memory is held or its time taken. */
public final class AcceleratorWatch implements FaultWatch {
    /** What the driver tells as free, and what it grants, differ by its own tables; and others give back and take meanwhile. */
    private static final long SLACK_BYTES = 64L << 20;

    /** A neighbour is one while the device is busy for this part of the time asked for. */
    private static final double BUSY_FROM = 0.8;

    private static final int MIB = 20;

    private final ScenarioId scenario;
    private final Fault fault;
    private final URI page;
    private final AcceleratorProbe device;
    private Duration busyBefore = Duration.ZERO;

    /**
     * @param fault what is to be seen: {@link Fault.MemoryHeld} or {@link Fault.NoisyNeighbour}
     * @param page where the pod tells what its device says
     */
    public AcceleratorWatch(ScenarioId scenario, Fault.OfAccelerator fault, URI page, AcceleratorProbe device) {
        this.scenario = scenario;
        this.fault = fault;
        this.page = page;
        this.device = device;
    }

    @Override
    public void before() {
        // the pod that could be asked is not there yet
    }

    @Override
    public void made(Change change, Applied applied) {
        // the device tells what came of it
    }

    @Override
    public Event.LandedSeen look() throws InterruptedException {
        return switch (device.read(page)) {
            case Reading.Present<DeviceSeen>(DeviceSeen seen)
            when seen.problem().isPresent() ->
                landed(false, seen.told() + ": " + seen.problem().get());
            case Reading.Present<DeviceSeen>(DeviceSeen seen) -> held(seen);
            case Reading.Absent<DeviceSeen>(String how) -> landed(false, "the device tells nothing: " + how);
            case Reading.Unreadable<DeviceSeen>(String why) -> landed(false, "the device was not heard: " + why);
        };
    }

    private Event.LandedSeen held(DeviceSeen seen) {
        return switch (fault) {
            case Fault.MemoryHeld(long leaveFreeMib) -> memory(seen, leaveFreeMib << MIB);
            case Fault.NoisyNeighbour(var duty) -> busy(seen, 100 * duty.value());
            default -> throw new IllegalStateException("not seen here: " + fault.kind());
        };
    }

    private Event.LandedSeen memory(DeviceSeen seen, long leaveFree) {
        String found = "NVML tells %d MiB free of %d MiB (%s), of which %d MiB are held; %d MiB are to be left"
                .formatted(
                        seen.freeBytes() >> MIB,
                        seen.totalBytes() >> MIB,
                        seen.told(),
                        seen.heldBytes() >> MIB,
                        leaveFree >> MIB);
        return seen.heldBytes() == 0
                ? landed(false, found + ": no more was free, so nothing was taken")
                : landed(seen.freeBytes() <= leaveFree + SLACK_BYTES, found);
    }

    private Event.LandedSeen busy(DeviceSeen seen, double percent) {
        boolean computes = seen.busy().compareTo(busyBefore) > 0;
        busyBefore = seen.busy();
        String found = String.format(
                Locale.ROOT,
                "kernels of ours have been under way for %.1f s%s; NVML tells the device busy %s (%s)",
                seen.busy().toMillis() / 1e3,
                computes ? "" : ", as at the last look",
                seen.utilizationPercent().isPresent()
                        ? "for " + seen.utilizationPercent().getAsInt() + " % of the time"
                        : "for a time that it does not tell",
                seen.told());
        return landed(computes && seen.utilizationPercent().orElse(0) >= BUSY_FROM * percent, found);
    }

    private Event.LandedSeen landed(boolean holds, String how) {
        return new Event.LandedSeen(scenario, Layer.NVML, holds, how);
    }

    @Override
    public void after() {
        // the pod that could be asked is gone
    }

    @Override
    public void close() {
        // nothing goes on between looks
    }
}
