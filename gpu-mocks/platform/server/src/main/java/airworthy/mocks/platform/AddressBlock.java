package airworthy.mocks.platform;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * The loopback addresses {@code 127.B.0.0/16} that one platform has for itself, so that several run side by side.
 *
 * @param number the B
 */
record AddressBlock(int number) {

    static final int FIRST = 32;
    static final int LAST = 250;

    /** Bound by nobody but the reservation. */
    private static final int LOCK_PORT = 6442;

    static final int API_PORT = 6443;
    static final int PROMETHEUS_PORT = 9090;
    static final int ALERTMANAGER_PORT = 9093;
    static final int GATEWAY_PORT = 8080;
    static final int STATE_METRICS_PORT = 8081;
    static final int RUNBOOKS_PORT = 8090;

    AddressBlock {
        if (number < FIRST || number > LAST) {
            throw new IllegalArgumentException(
                    "--block: found %d, expected a number from %d to %d".formatted(number, FIRST, LAST));
        }
    }

    /**
     * Takes the first block that no other platform has.
     *
     * @throws IOException when all are taken
     */
    static Reservation reserveFirstFree() throws IOException {
        for (int number = FIRST; number <= LAST; number++) {
            try {
                return new AddressBlock(number).reserve();
            } catch (IOException taken) {
                // The next one may be free; the last refusal is told below.
            }
        }
        throw new IOException("no address block is free: tried to bind port %d of 127.%d.0.1 to 127.%d.0.1"
                .formatted(API_PORT, FIRST, LAST));
    }

    /**
     * Takes this block for as long as the reservation is open.
     *
     * @throws IOException when another platform has it
     */
    Reservation reserve() throws IOException {
        ServerSocket lock = new ServerSocket();
        try {
            lock.bind(controlPlane(LOCK_PORT));
            try (ServerSocket api = new ServerSocket()) {
                api.bind(controlPlane(API_PORT));
            }
            return new Reservation(this, lock);
        } catch (IOException e) {
            lock.close();
            throw new IOException("address block 127.%d.0.0/16 is taken: %s".formatted(number, e.getMessage()), e);
        }
    }

    /** Returns the address of everything but pods. */
    String controlPlane() {
        return "127.%d.0.1".formatted(number);
    }

    /** Returns the address where the harness receives notifications. */
    String harness() {
        return "127.%d.0.2".formatted(number);
    }

    /** Returns the beginning of every pod's address. */
    String podPrefix() {
        return "127.%d.1.".formatted(number);
    }

    InetSocketAddress controlPlane(int port) {
        return new InetSocketAddress(controlPlane(), port);
    }

    /** A block that is ours until this is closed: a bound port, so that it ends with the process. */
    record Reservation(AddressBlock block, ServerSocket lock) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            lock.close();
        }
    }
}
