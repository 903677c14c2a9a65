package airworthy.mocks.inference;

import org.jspecify.annotations.Nullable;

/** A refusal that the client is told, in OpenAI's error body. */
final class ApiError extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;
    private final @Nullable String param;

    private ApiError(int status, String type, @Nullable String param, String message) {
        super(message);
        this.status = status;
        this.type = type;
        this.param = param;
    }

    static ApiError badRequest(@Nullable String param, String message) {
        return new ApiError(400, "BadRequestError", param, message);
    }

    static ApiError notFound(@Nullable String param, String message) {
        return new ApiError(404, "NotFoundError", param, message);
    }

    static ApiError wrongMethod(String message) {
        return new ApiError(405, "Method Not Allowed", null, message);
    }

    static ApiError internal(String message) {
        return new ApiError(500, "InternalServerError", null, message);
    }

    static ApiError unavailable(String message) {
        return new ApiError(503, "ServiceUnavailableError", null, message);
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }

    @Nullable
    String param() {
        return param;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
