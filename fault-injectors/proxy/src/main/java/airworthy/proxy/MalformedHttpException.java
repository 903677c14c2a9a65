package airworthy.proxy;

import java.io.IOException;

/** What came is no HTTP/1.1, or nothing that could be passed on without guessing where it ends. */
final class MalformedHttpException extends IOException {

    private static final long serialVersionUID = 1L;

    MalformedHttpException(String message) {
        super(message);
    }
}
