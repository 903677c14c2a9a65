package airworthy.probes.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads a body as UTF-8 up to a size and leaves the rest unread. */
final class HeadOfBody implements HttpResponse.BodySubscriber<HeadOfBody.Head> {
    /**
     * The beginning of a body.
     *
     * @param whole whether there was no more
     */
    record Head(String text, boolean whole) {}

    private final int maxBytes;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<Head> head = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    HeadOfBody(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public CompletionStage<Head> getBody() {
        return head;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            byte[] taken = new byte[Math.min(buffer.remaining(), maxBytes - bytes.size())];
            buffer.get(taken);
            bytes.writeBytes(taken);
            if (buffer.hasRemaining()) {
                Objects.requireNonNull(subscription).cancel();
                head.complete(new Head(text(), false));
                return;
            }
        }
    }

    @Override
    public void onError(Throwable cause) {
        head.completeExceptionally(cause);
    }

    @Override
    public void onComplete() {
        head.complete(new Head(text(), true));
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
