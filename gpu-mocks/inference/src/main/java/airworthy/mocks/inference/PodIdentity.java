package airworthy.mocks.inference;

/** The pod a server runs as, told to clients in the {@code x-inference-*} response headers. */
public record PodIdentity(String namespace, String name) {}
