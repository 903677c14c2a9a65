package airworthy.mocks.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * A model's weights as a file in the manner of safetensors: the length of a header, the header, and the tensors' bytes. What
 * it holds follows from seed and name alone.
 */
final class ModelFile {

    static final String NAME = "model.safetensors";

    private final byte[] bytes;

    ModelFile(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Makes the file of a revision. */
    static ModelFile of(long seed, String model, String revision, int tensorBytes) {
        byte[] header = "{\"weights\":{\"dtype\":\"U8\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
                .formatted(tensorBytes, tensorBytes)
                .getBytes(StandardCharsets.UTF_8);
        byte[] tensors = new byte[tensorBytes];
        new SplittableRandom(seed ^ Objects.hash(model, revision)).nextBytes(tensors);
        return new ModelFile(ByteBuffer.allocate(Long.BYTES + header.length + tensorBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .put(tensors)
                .array());
    }

    byte[] bytes() {
        return bytes;
    }

    byte[] sha256() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
