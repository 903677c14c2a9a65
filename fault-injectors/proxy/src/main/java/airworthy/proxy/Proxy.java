package airworthy.proxy;

import airworthy.levers.AdminServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Takes connections and opens one to a model server for each. */
final class Proxy implements AutoCloseable {

    private static final int BACKLOG = 1024;
    private static final Duration LOOK = Duration.ofMillis(50);

    private final ServerSocket listening;
    private final AdminServer admin;
    private final Upstreams upstreams;
    private final Levers levers;
    private final Counts counts = new Counts();
    private final Downloads downloads = new Downloads();
    private final Passing passing;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    private Proxy(ProxySettings settings, InstantSource clock, Consumer<String> log) throws IOException {
        this.upstreams = new Upstreams(settings.upstreams());
        this.levers = new Levers(settings.lease(), clock);
        this.passing = new Passing(settings.chosen(), levers, counts, downloads, clock, System::nanoTime, log);
        this.listening = new ServerSocket();
        try {
            listening.setReuseAddress(true);
            listening.bind(settings.listen(), BACKLOG);
            this.admin = new AdminServer(settings.admin(), new AdminPages(levers, counts, downloads, upstreams));
        } catch (IOException e) {
            listening.close();
            throw e;
        }
    }

    /**
     * Starts to pass requests on.
     *
     * @param clock tells when the lease is over
     * @param log gets a line for each request
     */
    static Proxy start(ProxySettings settings, InstantSource clock, Consumer<String> log) throws IOException {
        Proxy proxy = new Proxy(settings, clock, log);
        proxy.admin.start();
        Thread.ofVirtual().name("accept").start(proxy::accept);
        return proxy;
    }

    int port() {
        return listening.getLocalPort();
    }

    int adminPort() {
        return admin.port();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Thread.ofVirtual().name("requests").start(() -> serve(client));
            } catch (IOException _) {
                // Closed, or there is no room for one more connection: room comes back as others end.
                LockSupport.parkNanos(LOOK.toNanos());
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            Socket upstream;
            try {
                upstream = upstreams.connect();
            } catch (IOException _) {
                client.setSoLinger(true, 0); // As near as can be to the refusal that the client would have met.
                return;
            }
            Connection connection = new Connection(client, upstream, passing);
            connections.add(connection);
            try {
                connection.run();
            } finally {
                connections.remove(connection);
            }
        } catch (IOException _) {
            // The client left before it asked for anything.
        }
    }

    /** From now on nothing is disturbed. */
    void release() {
        levers.release();
    }

    /**
     * Takes no new connections, disturbs nothing any more, and lets answers under way come to their end.
     *
     * @return whether all did
     */
    boolean drain(Duration limit) throws IOException, InterruptedException {
        listening.close();
        levers.release();
        connections.forEach(Connection::drain);
        for (long left = limit.toMillis(); counts.open() > 0 && left > 0; left -= LOOK.toMillis()) {
            Thread.sleep(LOOK);
        }
        return counts.open() == 0;
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException _) {
            // It ends with the process at the latest.
        }
        levers.release();
        connections.forEach(Connection::end);
        admin.close();
    }
}
