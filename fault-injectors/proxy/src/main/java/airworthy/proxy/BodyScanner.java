package airworthy.proxy;

import java.io.IOException;
import java.util.OptionalLong;

/** Finds where a body ends while its bytes pass by. For one body and one thread. */
abstract sealed class BodyScanner {

    private static final int LONGEST_LINE = 8 * 1024;

    private BodyScanner() {}

    /** Returns how the body of a request is framed. */
    static BodyScanner ofRequest(Head head) throws MalformedHttpException {
        if (head.field("transfer-encoding").isPresent()) {
            if (!head.lists("transfer-encoding", "chunked")) {
                throw new MalformedHttpException("found a request with a transfer coding other than chunked");
            }
            return new Chunks();
        }
        return new Length(length(head, 0));
    }

    /** Returns how the body of an answer is framed, which depends on what was asked. */
    static BodyScanner ofAnswer(Head head, int status, String method) throws MalformedHttpException {
        if (method.equals("HEAD") || status < 200 || status == 204 || status == 304) {
            return new Length(0);
        }
        if (head.field("transfer-encoding").isPresent()) {
            return head.lists("transfer-encoding", "chunked") ? new Chunks() : new ToTheEnd();
        }
        return head.field("content-length").isPresent() ? new Length(length(head, 0)) : new ToTheEnd();
    }

    /**
     * Reads on.
     *
     * @return where this body's bytes end
     */
    abstract int scan(byte[] bytes, int from, int to, HttpInput.Bytes payload) throws IOException;

    /** Whether the last byte was read. */
    abstract boolean complete();

    /** Whether only the end of the connection ends the body. */
    boolean endsWithConnection() {
        return this instanceof ToTheEnd;
    }

    /** Returns how many bytes were announced, before the first of them is read. */
    OptionalLong length() {
        return this instanceof Length announced ? OptionalLong.of(announced.left) : OptionalLong.empty();
    }

    private static long length(Head head, long absent) throws MalformedHttpException {
        String text = head.field("content-length").orElse(Long.toString(absent));
        try {
            long length = Long.parseLong(text);
            if (length >= 0) {
                return length;
            }
        } catch (NumberFormatException _) {
            // Told below like a negative one.
        }
        throw new MalformedHttpException("content-length: found no number of bytes");
    }

    /** As many bytes as were announced. */
    static final class Length extends BodyScanner {
        private long left;

        Length(long length) {
            this.left = length;
        }

        @Override
        int scan(byte[] bytes, int from, int to, HttpInput.Bytes payload) throws IOException {
            int count = (int) Math.min(left, to - from);
            payload.take(bytes, from, count);
            left -= count;
            return from + count;
        }

        @Override
        boolean complete() {
            return left == 0;
        }
    }

    /** All that comes. */
    static final class ToTheEnd extends BodyScanner {
        @Override
        int scan(byte[] bytes, int from, int to, HttpInput.Bytes payload) throws IOException {
            payload.take(bytes, from, to - from);
            return to;
        }

        @Override
        boolean complete() {
            return false;
        }
    }

    /** Chunks, the last of which is empty, and perhaps trailers. */
    static final class Chunks extends BodyScanner {
        private enum Place {
            SIZE,
            DATA,
            AFTER_DATA,
            TRAILERS,
            END
        }

        private final StringBuilder line = new StringBuilder();
        private Place place = Place.SIZE;
        private long left;

        @Override
        int scan(byte[] bytes, int from, int to, HttpInput.Bytes payload) throws IOException {
            int at = from;
            while (at < to && place != Place.END) {
                if (place == Place.DATA) {
                    int count = (int) Math.min(left, to - at);
                    payload.take(bytes, at, count);
                    at += count;
                    left -= count;
                    place = left == 0 ? Place.AFTER_DATA : Place.DATA;
                } else {
                    read((char) (bytes[at++] & 0xff));
                }
            }
            return at;
        }

        private void read(char next) throws MalformedHttpException {
            if (next != '\n') {
                line.append(next);
                if (line.length() > LONGEST_LINE) {
                    throw new MalformedHttpException("found a line of more than " + LONGEST_LINE + " bytes in a body");
                }
                return;
            }
            String text = line.toString().stripTrailing();
            line.setLength(0);
            place = switch (place) {
                case SIZE -> begin(text);
                case AFTER_DATA -> Place.SIZE;
                case TRAILERS -> text.isEmpty() ? Place.END : Place.TRAILERS;
                case DATA, END -> throw new IllegalStateException("no line is read here");
            };
        }

        private Place begin(String size) throws MalformedHttpException {
            try {
                left = Long.parseLong(size.split(";", 2)[0].strip(), 16);
            } catch (NumberFormatException _) {
                left = -1;
            }
            if (left < 0) {
                throw new MalformedHttpException("found no size where a chunk begins");
            }
            return left == 0 ? Place.TRAILERS : Place.DATA;
        }

        @Override
        boolean complete() {
            return place == Place.END;
        }
    }
}
