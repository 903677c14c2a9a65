package airworthy.mocks.devices;

/** A request that cannot be served as it stands, with the HTTP status that says so. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    Refusal(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }

    /** Returns the kind of refusal in the words of the model server, whose error body this is. */
    String type() {
        return switch (status) {
            case 404 -> "NotFoundError";
            case 405 -> "Method Not Allowed";
            default -> "BadRequestError";
        };
    }
}
