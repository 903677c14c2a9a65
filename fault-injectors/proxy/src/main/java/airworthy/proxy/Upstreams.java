package airworthy.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The model servers behind the proxy. Safe for any number of threads. */
final class Upstreams {

    private static final int CONNECT_MILLIS = 5_000;

    private final List<InetSocketAddress> addresses;
    private final AtomicInteger turn = new AtomicInteger();

    Upstreams(List<InetSocketAddress> addresses) {
        this.addresses = List.copyOf(addresses);
    }

    /**
     * Connects to the one whose turn it is, or to the next that takes the connection. Nothing has been sent yet, so nothing
     * is sent twice.
     */
    Socket connect() throws IOException {
        int first = Math.floorMod(turn.getAndIncrement(), addresses.size());
        IOException last = new IOException("no address to connect to");
        for (int step = 0; step < addresses.size(); step++) {
            InetSocketAddress address = addresses.get((first + step) % addresses.size());
            Socket socket = new Socket();
            try {
                socket.setTcpNoDelay(true);
                socket.connect(new InetSocketAddress(address.getHostString(), address.getPort()), CONNECT_MILLIS);
                return socket;
            } catch (IOException e) {
                socket.close();
                last = e;
            }
        }
        throw last;
    }
}
