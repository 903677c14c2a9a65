package airworthy.load.gatling;

import airworthy.model.RequestOutcome;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The head of a response, and the start of its body where it is no answer. For one thread. */
final class Response {

    private static final int SUCCESS = 200;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final int KEPT_BODY_BYTES = 500;

    private final int status;
    private final Optional<String> replica;
    private final @Nullable String retryAfter;
    private final @Nullable String contentType;
    private final StringBuilder body = new StringBuilder();

    Response(int status, HttpHeaders headers, Optional<String> replicaHeader) {
        this.status = status;
        this.replica = replicaHeader.flatMap(name -> Optional.ofNullable(headers.get(name)));
        this.retryAfter = headers.get(HttpHeaderNames.RETRY_AFTER);
        this.contentType = headers.get(HttpHeaderNames.CONTENT_TYPE);
    }

    int status() {
        return status;
    }

    Optional<String> replica() {
        return replica;
    }

    /** Whether an answer may follow, rather than a refusal. */
    boolean success() {
        return status == SUCCESS;
    }

    /** The outcome that a refusal has by its status alone; a redirect is one too, for no answer follows it. */
    RequestOutcome refusal() {
        if (status == TOO_MANY_REQUESTS) {
            return RequestOutcome.HTTP_429;
        }
        return status >= SERVER_ERROR ? RequestOutcome.HTTP_5XX : RequestOutcome.HTTP_4XX;
    }

    void keep(ByteBuf chunk) {
        int room = KEPT_BODY_BYTES - body.length();
        if (room > 0) {
            body.append(
                    chunk.toString(chunk.readerIndex(), Math.min(room, chunk.readableBytes()), StandardCharsets.UTF_8));
        }
    }

    /** What a refusal said. */
    String words() {
        return "HTTP " + status + (retryAfter == null ? "" : ", Retry-After: " + retryAfter)
                + (body.isEmpty() ? "" : ", " + body.toString().strip());
    }

    /** What kind of body came, for a success that held no answer. */
    String kind() {
        return "content type " + (contentType == null ? "not given" : contentType);
    }
}
