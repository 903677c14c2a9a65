package airworthy.mocks.inference;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.function.UnaryOperator;

/**
 * Where a model server gets its weights from before it serves.
 *
 * @param store the store's address
 * @param model whose weights
 * @param revision which of its versions
 * @param verify what is made sure of before they are loaded
 */
public record ModelSource(URI store, String model, String revision, Verify verify) {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** A store that does not answer yet may do so in a moment. */
    private static final Duration UNREACHABLE_FOR = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(200);

    /** What is made sure of before weights are loaded; what loading itself needs is found out by loading. */
    public enum Verify {
        /** That they are those that the store's digest names. */
        DIGEST,
        NOTHING
    }

    static String path(String model, String revision) {
        return "/" + model + "/" + revision + "/" + ModelFile.NAME;
    }

    /**
     * Fetches the weights, verifies and loads them.
     *
     * @param names from the store's name to where it listens; asked at each try
     * @throws StartFailure when they cannot be had, or are not what they should be
     */
    void load(UnaryOperator<URI> names) throws StartFailure, InterruptedException {
        HttpResponse<byte[]> answer = fetch(names);
        String what = model + "@" + revision;
        if (answer.statusCode() != 200) {
            throw StartFailure.artefact(what + ": " + store + path(model, revision) + " answered " + answer.statusCode()
                    + ", expected 200");
        }
        byte[] file = answer.body();
        if (verify == Verify.DIGEST) {
            String expected = answer.headers().firstValue("Repr-Digest").orElse("none");
            String found = "sha-256=:" + Base64.getEncoder().encodeToString(new ModelFile(file).sha256()) + ":";
            if (!found.equals(expected)) {
                throw StartFailure.artefact(
                        what + ": found " + file.length + " bytes with digest " + found + ", expected " + expected);
            }
        }
        loadable(what, file);
    }

    /** What safetensors makes sure of: the header's length, and that the tensors are all there. */
    private static void loadable(String what, byte[] file) throws StartFailure {
        long header = file.length < Long.BYTES
                ? Long.MAX_VALUE
                : ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (header < 0 || header > file.length - Long.BYTES) {
            throw StartFailure.artefact(what + ": Error while deserializing header: HeaderTooLarge");
        }
        String text = new String(file, Long.BYTES, (int) header, StandardCharsets.UTF_8);
        long tensors = Long.parseLong(text.replaceFirst(".*\"data_offsets\":\\[0,(\\d+)].*", "$1"));
        if (Long.BYTES + header + tensors != file.length) {
            throw StartFailure.artefact(what + ": Error while deserializing header: MetadataIncompleteBuffer");
        }
    }

    private HttpResponse<byte[]> fetch(UnaryOperator<URI> names) throws StartFailure, InterruptedException {
        long begun = System.nanoTime();
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build()) {
            while (true) {
                try {
                    return http.send(
                            HttpRequest.newBuilder(names.apply(store).resolve(path(model, revision)))
                                    .timeout(LIMIT)
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray());
                } catch (IOException e) {
                    if (System.nanoTime() - begun > UNREACHABLE_FOR.toNanos()) {
                        throw StartFailure.unreachable(model + "@" + revision + ": " + store + ": " + e);
                    }
                    Thread.sleep(PAUSE);
                }
            }
        }
    }
}
