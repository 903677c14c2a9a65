package airworthy.load.gatling;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A model server on a raw socket that misbehaves as the requested model's name says, and counts what it is sent. */
final class FaultServer implements AutoCloseable {

    /** What one connection does with one request. */
    interface Behaviour {
        /** Answers; throws to break the connection. */
        void answer(Reply reply) throws IOException, InterruptedException;
    }

    private final ServerSocket listening;
    private final Map<String, Behaviour> behaviours;
    private final AtomicInteger requests = new AtomicInteger();
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    FaultServer(Map<String, Behaviour> behaviours) throws IOException {
        this.listening = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        this.behaviours = behaviours;
        Thread.ofVirtual().start(this::accept);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/v1");
    }

    /** Requests that came, hidden second attempts included. */
    int requests() {
        return requests.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException _) {
            return;
        }
    }

    private void serve(Socket socket) {
        try (socket;
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
            socket.setTcpNoDelay(true);
            boolean first = true;
            for (String body = readRequest(in); body != null; body = readRequest(in)) {
                String model = body.replaceAll(".*\"model\":\"([^\"]*)\".*", "$1");
                requests.incrementAndGet();
                Behaviour behaviour = behaviours.get(model);
                if (behaviour == null) {
                    throw new IOException("no behaviour for " + model);
                }
                behaviour.answer(new Reply(socket, first));
                first = false;
            }
        } catch (IOException _) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static @Nullable String readRequest(BufferedReader in) throws IOException {
        int length = 0;
        String line = in.readLine();
        while (line != null && !line.isEmpty()) {
            String header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring(header.indexOf(':') + 1).strip());
            }
            line = in.readLine();
        }
        if (line == null) {
            return null;
        }
        char[] body = new char[length];
        int read = 0;
        while (read < length) {
            int more = in.read(body, read, length - read);
            if (more < 0) {
                return null;
            }
            read += more;
        }
        return new String(body);
    }

    @Override
    public void close() throws IOException {
        closing.countDown();
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** Writes one response. */
    final class Reply {

        private final Socket socket;
        private final OutputStream out;
        private final boolean firstOfConnection;

        private Reply(Socket socket, boolean firstOfConnection) throws IOException {
            this.socket = socket;
            this.out = socket.getOutputStream();
            this.firstOfConnection = firstOfConnection;
        }

        boolean firstOfConnection() {
            return firstOfConnection;
        }

        Reply raw(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
            return this;
        }

        Reply stream() throws IOException {
            return raw("""
                HTTP/1.1 200 OK\r
                Content-Type: text/event-stream\r
                x-pod: replica-7\r
                Transfer-Encoding: chunked\r
                \r
                """);
        }

        Reply refuse(String statusLine, String headers, String text) throws IOException {
            return raw("HTTP/1.1 %s\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n%s"
                    .formatted(statusLine, headers, text.length(), text));
        }

        /** Writes bytes as one HTTP chunk. */
        Reply chunk(String text) throws IOException {
            return raw(Integer.toHexString(text.getBytes(StandardCharsets.UTF_8).length) + "\r\n" + text + "\r\n");
        }

        Reply role() throws IOException {
            return chunk("data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n");
        }

        Reply token() throws IOException {
            return chunk(
                    "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\" word\"},\"finish_reason\":null}]}\n\n");
        }

        Reply finish() throws IOException {
            return chunk("data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n");
        }

        Reply usage(int tokens) throws IOException {
            return chunk(
                    "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":" + tokens + "}}\n\n");
        }

        Reply done() throws IOException {
            return chunk("data: [DONE]\n\n");
        }

        Reply end() throws IOException {
            return raw("0\r\n\r\n");
        }

        /** Says nothing more until the server closes. */
        void hang() throws InterruptedException {
            closing.await();
        }

        /** Resets the connection. */
        void reset() throws SocketException, IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Closes the connection in good order of TCP, with the response unfinished. */
        void breakOff() throws IOException {
            socket.close();
        }
    }
}
