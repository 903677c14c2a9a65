package airworthy.proxy;

import java.nio.charset.StandardCharsets;

/** What a model server answers that takes no more requests, in vLLM's words. */
final class Refusal {

    private Refusal() {}

    static byte[] of(int status) {
        String reason = switch (status) {
            case 429 -> "Too Many Requests";
            case 503 -> "Service Unavailable";
            default -> "Internal Server Error";
        };
        String type = switch (status) {
            case 429 -> "RateLimitError";
            case 503 -> "ServiceUnavailableError";
            default -> "InternalServerError";
        };
        String body = "{\"error\": {\"message\": \"%s\", \"type\": \"%s\", \"param\": null, \"code\": %d}}"
                .formatted(reason, type, status);
        String head =
                "HTTP/1.1 %d %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%sConnection: close\r\n\r\n"
                        .formatted(status, reason, body.length(), status == 429 ? "Retry-After: 1\r\n" : "");
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }
}
