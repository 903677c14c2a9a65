package airworthy.load.gatling;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** Answers every request on a loopback port with the same stream: just enough to run the client's code. */
final class WarmUpServer implements AutoCloseable {

    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n";
    private static final String ROLE =
            "{\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\"},\"finish_reason\":null}]}";
    private static final String TOKEN =
            "{\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
                    + " word\"},\"finish_reason\":null}]}";
    private static final String FINISH =
            "{\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";
    private static final String USAGE =
            "{\"object\":\"chat.completion.chunk\",\"choices\":[],\"usage\":{\"completion_tokens\":50}}";

    /** As long as a real answer, a word at a time. */
    private static final int TOKENS = 50;

    private static final Duration GAP = Duration.ofMillis(2);

    /** Half of all requests find a connection open, the others open one. */
    private static final int ANSWERS_A_CONNECTION = 2;

    private final ServerSocket listening;

    private WarmUpServer(ServerSocket listening) {
        this.listening = listening;
    }

    static WarmUpServer start() throws IOException {
        WarmUpServer server = new WarmUpServer(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().name("warm-up-server").start(server::accept);
        return server;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/v1");
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                Thread.ofVirtual().name("warm-up-connection").start(() -> serve(socket));
            }
        } catch (IOException _) {
            // close() closed the socket: warm-up is over.
            return;
        }
    }

    private static void serve(Socket socket) {
        try (socket;
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
            socket.setTcpNoDelay(true);
            for (int left = ANSWERS_A_CONNECTION; left > 0 && readRequest(in); left--) {
                answer(socket.getOutputStream(), left == 1);
            }
        } catch (IOException _) {
            // The client is done with this connection.
            return;
        }
    }

    private static boolean readRequest(BufferedReader in) throws IOException {
        long body = 0;
        String line = in.readLine();
        while (line != null && !line.isEmpty()) {
            String header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                body = Long.parseLong(header.substring(header.indexOf(':') + 1).strip());
            }
            line = in.readLine();
        }
        return line != null && in.skip(body) == body;
    }

    private static void answer(OutputStream out, boolean last) throws IOException {
        String head = HEAD + (last ? "Connection: close\r\n\r\n" : "\r\n");
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        event(out, ROLE);
        for (int i = 0; i < TOKENS; i++) {
            LockSupport.parkNanos(GAP.toNanos());
            event(out, TOKEN);
        }
        event(out, FINISH);
        event(out, USAGE);
        event(out, "[DONE]");
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static void event(OutputStream out, String data) throws IOException {
        String event = "data: " + data + "\n\n";
        out.write((Integer.toHexString(event.length()) + "\r\n" + event + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
