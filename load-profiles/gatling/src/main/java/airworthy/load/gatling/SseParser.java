package airworthy.load.gatling;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Cuts a body into server-sent events. Bytes may come in any pieces: neither lines nor events end where a chunk ends.
 * For one stream and one thread.
 */
final class SseParser {

    /** Hears of each event. */
    interface Sink {
        /** Takes the data of one event; the array is reused after the call. */
        void event(byte[] data, int length);
    }

    private static final byte[] DATA = {'d', 'a', 't', 'a', ':'};
    private static final int FIRST_CAPACITY = 512;

    private final Sink sink;
    private byte[] line = new byte[FIRST_CAPACITY];
    private int lineLength;
    private byte[] data = new byte[FIRST_CAPACITY];
    private int dataLength;
    private boolean hasData;

    SseParser(Sink sink) {
        this.sink = sink;
    }

    /** Reads all bytes of a chunk. */
    void feed(ByteBuf chunk) {
        while (chunk.isReadable()) {
            int lineEnd = chunk.bytesBefore((byte) '\n');
            int taken = lineEnd < 0 ? chunk.readableBytes() : lineEnd;
            line = withRoom(line, lineLength + taken);
            chunk.readBytes(line, lineLength, taken);
            lineLength += taken;
            if (lineEnd >= 0) {
                chunk.skipBytes(1);
                endLine();
            }
        }
    }

    private void endLine() {
        int length = lineLength > 0 && line[lineLength - 1] == '\r' ? lineLength - 1 : lineLength;
        lineLength = 0;
        if (length == 0) {
            endEvent();
        } else if (length >= DATA.length && Arrays.equals(line, 0, DATA.length, DATA, 0, DATA.length)) {
            int from = length > DATA.length && line[DATA.length] == ' ' ? DATA.length + 1 : DATA.length;
            append(from, length - from);
        }
    }

    private void append(int from, int length) {
        data = withRoom(data, dataLength + length + 1);
        if (hasData) {
            data[dataLength++] = '\n';
        }
        System.arraycopy(line, from, data, dataLength, length);
        dataLength += length;
        hasData = true;
    }

    private void endEvent() {
        if (hasData) {
            int length = dataLength;
            dataLength = 0;
            hasData = false;
            sink.event(data, length);
        }
    }

    private static byte[] withRoom(byte[] array, int needed) {
        return needed <= array.length ? array : Arrays.copyOf(array, Math.max(needed, array.length * 2));
    }
}
