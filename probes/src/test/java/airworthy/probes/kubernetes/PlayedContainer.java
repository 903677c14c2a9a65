package airworthy.probes.kubernetes;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * An API server with one container, which says each line back that it reads, complains of it too, and ends at
 * {@code exit}. It speaks as much of RFC 6455 as that takes: short messages, each of one frame.
 */
final class PlayedContainer implements AutoCloseable {
    private static final int STANDARD_INPUT = 0;
    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;
    private static final int STATUS = 3;
    private static final int BINARY = 0x82;
    private static final int CLOSE = 0x88;

    private final ServerSocket socket;
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final int status;

    /** @param status what it answers to whoever wants to attach: 101, or a refusal */
    PlayedContainer(int status) {
        this.status = status;
        try {
            socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    String server() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    /** What it was asked, and then {@code closed} once the session has been. */
    BlockingQueue<String> events() {
        return events;
    }

    private void serve() {
        try (Socket client = socket.accept()) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            List<String> head = head(in);
            events.add(head.getFirst());
            attach(head, in, client.getOutputStream());
        } catch (IOException _) {
            // the client has gone, or the test is over
        } finally {
            events.add("closed");
        }
    }

    private void attach(List<String> head, DataInputStream in, OutputStream out) throws IOException {
        if (status == 101) {
            out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: " + accept(head)
                            + "\r\nSec-WebSocket-Protocol: v4.channel.k8s.io\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            converse(in, out);
        } else {
            answer(out, status, "{\"kind\":\"Status\",\"message\":\"no\"}");
        }
    }

    private static void answer(OutputStream out, int status, String body) throws IOException {
        out.write(("HTTP/1.1 " + status
                        + " As it is\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII));
    }

    private static void converse(DataInputStream in, OutputStream out) throws IOException {
        for (byte[] frame = frame(in); frame.length > 0; frame = frame(in)) {
            if (frame[0] == STANDARD_INPUT && frame.length > 1) {
                String line = new String(frame, 1, frame.length - 1, StandardCharsets.UTF_8);
                if (line.equals("exit\n")) {
                    send(out, STATUS, "{\"metadata\":{},\"status\":\"Success\"}");
                    out.write(new byte[] {(byte) CLOSE, 2, 3, (byte) 0xe8});
                } else {
                    send(out, STANDARD_OUTPUT, "said " + line);
                    send(out, STANDARD_ERROR, "heard " + line);
                }
            }
        }
    }

    private static void send(OutputStream out, int channel, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(BINARY);
        frame.write(bytes.length + 1);
        frame.write(channel);
        frame.writeBytes(bytes);
        out.write(frame.toByteArray());
    }

    /** The payload of a frame of less than 126 bytes; empty at the end. */
    private static byte[] frame(DataInputStream in) throws IOException {
        int kind = in.read();
        if (kind < 0 || kind == CLOSE) {
            return new byte[0];
        }
        int length = in.read() & 0x7f;
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes(length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return payload;
    }

    private static List<String> head(DataInputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the client said no more");
            }
            if (next == '\n') {
                if (line.isEmpty()) {
                    return lines;
                }
                lines.add(line.toString());
                line.setLength(0);
            } else if (next != '\r') {
                line.append((char) next);
            }
        }
    }

    private static String accept(List<String> head) {
        String key = head.stream()
                .filter(line -> line.regionMatches(true, 0, "Sec-WebSocket-Key: ", 0, 19))
                .map(line -> line.substring(19))
                .findFirst()
                .orElseThrow();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
