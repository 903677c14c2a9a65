package airworthy.proxy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures how much later each event arrives through the proxy than without it. Started by hand; a figure, not a check:
 *
 * <pre>java -cp target/test-classes:../../target/app/proxy/lib/* airworthy.proxy.AddedLatency</pre>
 */
final class AddedLatency {

    private static final int STREAMS = 50;
    private static final int EVENTS = 200;
    private static final long GAP_NANOS = 20_000_000;
    private static final String MARKER = "x-airworthy-run: bench";

    private AddedLatency() {}

    public static void main(String... args) throws Exception {
        InetAddress here = InetAddress.getLoopbackAddress();
        try (ServerSocket model = new ServerSocket(0, 500, here)) {
            Thread.ofVirtual().start(() -> serve(model));
            InetSocketAddress any = new InetSocketAddress(here, 0);
            ProxySettings settings = new ProxySettings(
                    any,
                    any,
                    List.of(InetSocketAddress.createUnresolved("127.0.0.1", model.getLocalPort())),
                    Chosen.Marked.parse(MARKER).orElseThrow(),
                    new Lease(Instant.MAX));
            try (Proxy proxy = Proxy.start(settings, InstantSource.system(), line -> {})) {
                measure(model.getLocalPort(), "");
                measure(proxy.port(), MARKER + "\r\n");
                for (int round = 0; round < 3; round++) {
                    print("direct", measure(model.getLocalPort(), ""));
                    print("proxy, passed bytes", measure(proxy.port(), ""));
                    print("proxy, event by event", measure(proxy.port(), MARKER + "\r\n"));
                }
            }
        }
    }

    private static void print(String way, List<Long> nanos) {
        List<Long> sorted = nanos.stream().sorted().toList();
        System.out.printf(
                "%-22s %d events  p50 %.3f ms  p99 %.3f ms%n",
                way, sorted.size(), sorted.get(sorted.size() / 2) / 1e6, sorted.get(sorted.size() * 99 / 100) / 1e6);
    }

    private static List<Long> measure(int port, String header) throws InterruptedException {
        ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
        List<Thread> clients = new ArrayList<>();
        for (int stream = 0; stream < STREAMS; stream++) {
            clients.add(Thread.ofVirtual().start(() -> listen(port, header, nanos)));
        }
        for (Thread client : clients) {
            client.join();
        }
        return List.copyOf(nanos);
    }

    private static void listen(int port, String header, ConcurrentLinkedQueue<Long> nanos) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            socket.getOutputStream()
                    .write(("POST /v1/chat/completions HTTP/1.1\r\nHost: m\r\n" + header + "Content-Length: 0\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null && !line.equals("0"); line = lines.readLine()) {
                if (line.startsWith("data: ")) {
                    nanos.add(System.nanoTime() - Long.parseLong(line.substring("data: ".length())));
                }
            }
        } catch (IOException e) {
            System.out.println("a stream failed: " + e);
        }
    }

    private static void serve(ServerSocket model) {
        while (!model.isClosed()) {
            try {
                Socket socket = model.accept();
                Thread.ofVirtual().start(() -> stream(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private static void stream(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            new HttpInput(socket.getInputStream()).head();
            socket.getOutputStream().write(Stage.STREAM_HEAD.getBytes(StandardCharsets.UTF_8));
            long due = System.nanoTime();
            for (int event = 0; event < EVENTS; event++) {
                due += GAP_NANOS;
                LockSupport.parkNanos(due - System.nanoTime());
                String text = "data: " + System.nanoTime() + "\n\n";
                socket.getOutputStream()
                        .write((Integer.toHexString(text.length()) + "\r\n" + text + "\r\n")
                                .getBytes(StandardCharsets.UTF_8));
            }
            socket.getOutputStream().write("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            System.out.println("a stream failed: " + e);
        }
    }
}
