package airworthy.accelerator.hold;

import airworthy.accelerator.cuda.CudaContext;
import airworthy.accelerator.cuda.CudaDevice;
import airworthy.accelerator.cuda.Kernel;
import airworthy.accelerator.library.NativeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Computes on all multiprocessors of a device for a share of the time, as a noisy neighbour does. A kernel ends by the device's
 * own clock, so that none runs on when this has ended: by a period and what others keep it waiting at the most. Used by one
 * thread; what it says of itself may be asked by any.
 */
public final class Neighbour implements AutoCloseable {
    /**
     * Long against the time slices that a device gives to processes in turn (about 2 ms, NVIDIA's default), so that what is
     * asked for is what comes; short against the time of an answer.
     */
    private static final Duration PERIOD = Duration.ofMillis(20);

    private static final int THREADS = 512;
    /** The oldest that current drivers take; a device of a newer one has it compiled anew. */
    private static final int NEWEST_TARGET = 75;

    private final CudaDevice device;
    private final Kernel kernel;
    private final Duty duty;
    private final AtomicLong busyNs = new AtomicLong();

    private Neighbour(CudaDevice device, Kernel kernel, Duty duty) {
        this.device = device;
        this.kernel = kernel;
        this.duty = duty;
    }

    /** Loads the kernel; nothing is computed yet. */
    public static Neighbour on(CudaDevice device, CudaContext context, Duty duty) throws NativeException {
        String ptx = source().replace("sm_75", "sm_" + Math.min(device.capability(), NEWEST_TARGET));
        return new Neighbour(device, context.load(ptx, "burn"), duty);
    }

    private static String source() {
        try (InputStream source = Objects.requireNonNull(Neighbour.class.getResourceAsStream("burn.ptx"))) {
            return new String(source.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Computes, period after period, for as long as it is to. */
    public void run(BooleanSupplier goOn) throws NativeException {
        int blocks = device.multiprocessors() * Math.max(1, device.threadsPerMultiprocessor() / THREADS);
        long next = System.nanoTime();
        while (goOn.getAsBoolean()) {
            long begun = System.nanoTime();
            kernel.run(blocks, THREADS, duty.busyNs(PERIOD.toNanos()), 0);
            busyNs.addAndGet(System.nanoTime() - begun);
            next = Math.max(next + PERIOD.toNanos(), System.nanoTime());
            while (next > System.nanoTime()) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
        }
    }

    /** Returns for how long kernels have been under way in all, what others kept them waiting included. */
    public Duration busy() {
        return Duration.ofNanos(busyNs.get());
    }

    @Override
    public void close() throws NativeException {
        kernel.close();
    }
}
