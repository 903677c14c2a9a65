package airworthy.proxy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The receiving side of a connection: heads are read whole, bodies as their bytes come. For one thread. */
final class HttpInput {

    private static final int BUFFER = 16 * 1024;
    private static final int LONGEST_HEAD = 64 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int from;
    private int to;

    HttpInput(InputStream in) {
        this.in = in;
    }

    /**
     * Waits until there is something to read.
     *
     * @return false when the other side has ended
     */
    boolean await() throws IOException {
        if (from < to) {
            return true;
        }
        from = 0;
        to = Math.max(0, in.read(buffer));
        return to > 0;
    }

    /**
     * Reads a head.
     *
     * @return the head, or empty when the other side ended before it began one
     * @throws EOFException when the other side ended within it
     */
    Optional<Head> head() throws IOException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (int length = 0; length < LONGEST_HEAD; length++) {
            if (!await()) {
                if (length == 0) {
                    return Optional.empty();
                }
                throw new EOFException("the other side ended within a head");
            }
            char next = (char) (buffer[from++] & 0xff);
            if (next != '\n') {
                line.append(next);
                continue;
            }
            String text = line.toString().stripTrailing();
            line.setLength(0);
            if (!text.isEmpty()) {
                lines.add(text);
            } else if (!lines.isEmpty()) {
                return Optional.of(new Head(lines.getFirst(), lines.subList(1, lines.size())));
            }
        }
        throw new MalformedHttpException("found a head of more than " + LONGEST_HEAD + " bytes");
    }

    /**
     * Takes what has come of a body, or waits for more of it.
     *
     * @param raw gets the bytes as they are on the wire
     * @param payload gets the same bytes without the framing of chunks
     * @return false when the body is complete, and nothing was taken
     * @throws EOFException when the other side ended within the body
     */
    boolean take(BodyScanner body, Bytes raw, Bytes payload) throws IOException {
        if (body.complete()) {
            return false;
        }
        if (!await()) {
            if (body.endsWithConnection()) {
                return false;
            }
            throw new EOFException("the other side ended within a body");
        }
        int start = from;
        from = body.scan(buffer, start, to, payload);
        raw.take(buffer, start, from - start);
        return true;
    }

    /** Takes bytes. The array is used again after the call. */
    @FunctionalInterface
    interface Bytes {
        Bytes NOWHERE = (bytes, offset, length) -> {};

        void take(byte[] bytes, int offset, int length) throws IOException;
    }
}
