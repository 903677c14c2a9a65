package airworthy.mocks.platform.gateway;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One HTTP/1.1 request on a connection of its own.
 *
 * <p>Blocking sockets, because each byte is to be passed on when it comes, a POST must never be sent twice behind our
 * back, and a client that leaves must take the back end's work with it.
 */
final class Upstream implements AutoCloseable {

    private static final int CONNECT_MILLIS = 2_000;

    private final Socket socket;
    private final InputStream in;

    private Upstream(Socket socket, InputStream in) {
        this.socket = socket;
        this.in = in;
    }

    /**
     * Connects, and sends nothing yet.
     *
     * @throws IOException when the replica does not take the connection; another one may then be tried
     */
    static Upstream connect(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            socket.connect(address, CONNECT_MILLIS);
            return new Upstream(socket, new BufferedInputStream(socket.getInputStream()));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Gives up when no byte comes for so long. Without it a read waits for ever. */
    void limitSilence(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    /**
     * Sends a JSON body and reads the head of the answer.
     *
     * @param headers what the request carries beside the headers that HTTP itself asks for
     */
    Head post(String path, byte[] json, Map<String, String> headers) throws IOException {
        InetSocketAddress to = (InetSocketAddress) socket.getRemoteSocketAddress();
        StringBuilder head = new StringBuilder(
                "POST %s HTTP/1.1\r\nHost: %s:%d\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"
                        .formatted(path, to.getHostString(), to.getPort(), json.length));
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        byte[] start = head.append("Connection: close\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = new byte[start.length + json.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(json, 0, all, start.length, json.length);
        socket.getOutputStream().write(all);
        return readHead();
    }

    private Head readHead() throws IOException {
        String[] status = line(in).split(" ", 3);
        if (status.length < 2 || !status[0].startsWith("HTTP/1.")) {
            throw new IOException("the replica did not answer in HTTP/1.1");
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        boolean chunked = "chunked".equalsIgnoreCase(headers.get("transfer-encoding"));
        long length = number(headers.getOrDefault("content-length", "-1"), 10);
        return new Head(number(status[1], 10), headers, chunked ? new ChunkedBody(in) : new PlainBody(in, length));
    }

    static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the replica closed the connection in mid-answer");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static int number(String text, int radix) throws IOException {
        try {
            return Integer.parseInt(text, radix);
        } catch (NumberFormatException e) {
            throw new IOException("the replica sent \"" + text + "\" where HTTP/1.1 has a number", e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /**
     * The beginning of an answer.
     *
     * @param headers by name in lower case
     */
    record Head(int status, Map<String, String> headers, Body body) {

        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }
    }

    /** The body, as it comes. */
    sealed interface Body permits ChunkedBody, PlainBody {

        /**
         * Reads what is there, or waits for something.
         *
         * @return how many bytes, or -1 at the proper end
         * @throws EOFException when the connection ended before the body did
         */
        int read(byte[] into) throws IOException;

        /** Returns the length where it was announced. */
        Optional<Long> length();
    }

    private static final class ChunkedBody implements Body {

        private final InputStream in;
        private int left;
        private boolean started;

        ChunkedBody(InputStream in) {
            this.in = in;
        }

        @Override
        public int read(byte[] into) throws IOException {
            if (left == 0) {
                if (started) {
                    line(in);
                }
                started = true;
                left = number(line(in).split(";", 2)[0].strip(), 16);
                if (left == 0) {
                    return -1;
                }
            }
            int count = in.read(into, 0, Math.min(left, into.length));
            if (count < 0) {
                throw new EOFException("the replica closed the connection in mid-answer");
            }
            left -= count;
            return count;
        }

        @Override
        public Optional<Long> length() {
            return Optional.empty();
        }
    }

    private static final class PlainBody implements Body {

        private final InputStream in;
        private final long length;
        private long left;

        PlainBody(InputStream in, long length) {
            this.in = in;
            this.length = length;
            this.left = length < 0 ? Long.MAX_VALUE : length;
        }

        @Override
        public int read(byte[] into) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = in.read(into, 0, (int) Math.min(left, into.length));
            if (count < 0 && length >= 0) {
                throw new EOFException("the replica closed the connection in mid-answer");
            }
            left -= Math.max(count, 0);
            return count;
        }

        @Override
        public Optional<Long> length() {
            return length < 0 ? Optional.empty() : Optional.of(length);
        }
    }
}
