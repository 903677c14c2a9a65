package airworthy.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One end of a connection, driven byte by byte by a test. A read that waits for too long fails. */
final class Peer implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;

    Peer(Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    static Peer connect(int port) throws IOException {
        return new Peer(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    Peer send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Sends one chunk. */
    Peer chunk(String text) throws IOException {
        int size = text.getBytes(StandardCharsets.UTF_8).length;
        return send(Integer.toHexString(size) + "\r\n" + text + "\r\n");
    }

    /** Reads up to and with this text. */
    String readTo(String text) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        while (!read.toString(StandardCharsets.UTF_8).endsWith(text)) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("expected \"" + text + "\", found the end after: " + read);
            }
            read.write(next);
        }
        return read.toString(StandardCharsets.UTF_8);
    }

    String head() throws IOException {
        return readTo("\r\n\r\n");
    }

    /** Reads one chunk's payload. */
    String chunk() throws IOException {
        int size = Integer.parseInt(readTo("\r\n").strip(), 16);
        String payload = new String(in.readNBytes(size), StandardCharsets.UTF_8);
        readTo("\r\n");
        return payload;
    }

    String exactly(int bytes) throws IOException {
        return new String(in.readNBytes(bytes), StandardCharsets.UTF_8);
    }

    /** Reads until the other side closes. Fails when it resets. */
    String toTheEnd() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    void endSending() throws IOException {
        socket.shutdownOutput();
    }

    /** Ends the connection in good order. */
    void hangUp() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
