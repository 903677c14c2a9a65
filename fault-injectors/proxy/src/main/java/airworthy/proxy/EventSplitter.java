package airworthy.proxy;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/**
 * Cuts a body into server-sent events, each with its closing blank line. Bytes may come in any pieces: no event ends where
 * a chunk ends. For one stream and one thread.
 */
final class EventSplitter {

    /** What is no stream of events is passed on in pieces of this size rather than collected for ever. */
    private static final int LONGEST = 1 << 20;

    private final Consumer<byte[]> events;
    private final ByteArrayOutputStream event = new ByteArrayOutputStream();
    private boolean lineIsEmpty = true;

    EventSplitter(Consumer<byte[]> events) {
        this.events = events;
    }

    void feed(byte[] bytes, int offset, int length) {
        for (int at = offset; at < offset + length; at++) {
            byte next = bytes[at];
            event.write(next);
            if (next == '\n') {
                if (lineIsEmpty || event.size() >= LONGEST) {
                    rest();
                }
                lineIsEmpty = true;
            } else if (next != '\r') {
                lineIsEmpty = false;
            }
        }
    }

    /** Hands over what came after the last whole event, if anything did. */
    void rest() {
        if (event.size() > 0) {
            events.accept(event.toByteArray());
            event.reset();
        }
    }

    /** Whether an event says anything: comments keep a connection warm and are no tokens. */
    static boolean hasData(byte[] event) {
        for (int at = 0; at + 5 <= event.length; at++) {
            boolean lineStarts = at == 0 || event[at - 1] == '\n';
            if (lineStarts
                    && event[at] == 'd'
                    && event[at + 1] == 'a'
                    && event[at + 2] == 't'
                    && event[at + 3] == 'a'
                    && event[at + 4] == ':') {
                return true;
            }
        }
        return false;
    }
}
