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

    private final ServerSocket listening;
    private final Answer answer;

    private WarmUpServer(ServerSocket listening, Answer answer) {
        this.listening = listening;
        this.answer = answer;
    }

    /** Gives short answers, and closes the connection after each. */
    static WarmUpServer closing() throws IOException {
        return start(new Answer(3, Duration.ZERO, true));
    }

    /** Gives answers of the length of real ones, a word at a time, and keeps connections. */
    static WarmUpServer streaming() throws IOException {
        return start(new Answer(50, Duration.ofMillis(2), false));
    }

    private static WarmUpServer start(Answer answer) throws IOException {
        WarmUpServer server = new WarmUpServer(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), answer);
        Thread.ofVirtual().name("warm-up-server").start(server::accept);
        return server;
    }

    /** What each answer is like. */
    private record Answer(int tokens, Duration gap, boolean last) {}

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

    private void serve(Socket socket) {
        try (socket;
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
            socket.setTcpNoDelay(true);
            boolean more = readRequest(in);
            while (more) {
                write(socket.getOutputStream());
                more = !answer.last() && readRequest(in);
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

    private void write(OutputStream out) throws IOException {
        String head = HEAD + (answer.last() ? "Connection: close\r\n\r\n" : "\r\n");
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        event(out, ROLE);
        for (int i = 0; i < answer.tokens(); i++) {
            LockSupport.parkNanos(answer.gap().toNanos());
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
