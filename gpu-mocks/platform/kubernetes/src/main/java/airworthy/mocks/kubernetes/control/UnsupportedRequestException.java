package airworthy.mocks.kubernetes.control;

/** A request for devices that Kubernetes understands and this simulated scheduler does not; never guessed at. */
final class UnsupportedRequestException extends Exception {
    UnsupportedRequestException(String what) {
        super("the simulated scheduler does not support " + what);
    }
}
