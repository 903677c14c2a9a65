package airworthy.proxy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Turns bits of one artefact over while its bytes pass by, spread evenly: over all of it, or over what stands behind the head
 * of a file in the manner of safetensors (the head's length in 8 bytes, little-endian, and a JSON object). What only begins
 * like such a file is left alone. For one body and one thread.
 */
final class BitFlips {

    private static final int LENGTH_BYTES = Long.BYTES;

    /** The length, and the first byte of the JSON behind it. */
    private static final int SIGN_BYTES = LENGTH_BYTES + 1;

    /** What safetensors itself takes for a head. */
    private static final long LONGEST_HEAD = 100_000_000;

    private final Corruption.Flipped wish;
    private final long length;
    private final byte[] sign = new byte[SIGN_BYTES];
    private long start;
    private long seen;
    private long turned;

    /** @param length of the whole artefact, in bytes */
    BitFlips(Corruption.Flipped wish, long length) {
        this.wish = wish;
        this.length = length;
        this.start = wish.tensorsOnly() ? length : 0;
    }

    /** Turns over what lies in this piece, the next one. */
    void apply(byte[] bytes, int offset, int count) {
        for (int i = 0; i < count && seen + i < SIGN_BYTES; i++) {
            sign[(int) seen + i] = bytes[offset + i];
            if (seen + i == LENGTH_BYTES && start > 0) {
                start = behindTheHead();
            }
        }
        for (long at = next(); at < seen + count; at = next()) {
            // a piece that passed before the head was known holds nothing of the tensors
            bytes[offset + (int) (at - seen)] ^= 1;
            turned++;
        }
        seen += count;
    }

    /** What was asked for. */
    Corruption.Flipped wish() {
        return wish;
    }

    /** How many were turned over up to now. */
    long turned() {
        return turned;
    }

    private long behindTheHead() {
        long head = ByteBuffer.wrap(sign).order(ByteOrder.LITTLE_ENDIAN).getLong();
        boolean fits = head > 0 && head <= LONGEST_HEAD && LENGTH_BYTES + head < length && sign[LENGTH_BYTES] == '{';
        return fits ? LENGTH_BYTES + head : length;
    }

    /** Where the next one lies; no byte is hit twice, which would heal it. */
    private long next() {
        long span = length - start;
        long wanted = Math.min(wish.bits(), span);
        return turned < wanted ? start + span * (turned + 1) / (wanted + 1) : Long.MAX_VALUE;
    }
}
