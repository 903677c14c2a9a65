package airworthy.proxy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Sends the payload of an answer in the framing that its head announced, each piece at once. For one thread. */
final class AnswerSink {

    private final OutputStream out;
    private final boolean chunked;
    private long bytes;

    AnswerSink(OutputStream out, boolean chunked) {
        this.out = out;
        this.chunked = chunked;
    }

    void send(byte[] piece) throws IOException {
        if (piece.length == 0) {
            return;
        }
        if (!chunked) {
            out.write(piece);
        } else {
            byte[] size = (Integer.toHexString(piece.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
            byte[] whole = new byte[size.length + piece.length + 2];
            System.arraycopy(size, 0, whole, 0, size.length);
            System.arraycopy(piece, 0, whole, size.length, piece.length);
            whole[whole.length - 2] = '\r';
            whole[whole.length - 1] = '\n';
            out.write(whole);
        }
        bytes += piece.length;
    }

    /** Sends what says that nothing is missing. */
    void complete() throws IOException {
        if (chunked) {
            out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    long bytes() {
        return bytes;
    }
}
