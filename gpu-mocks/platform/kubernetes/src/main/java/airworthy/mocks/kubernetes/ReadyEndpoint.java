package airworthy.mocks.kubernetes;

import java.util.Optional;

/** Where a ready backend of a service listens; without a pod where the EndpointSlice was written by hand. */
public record ReadyEndpoint(Optional<String> pod, String namespace, String ip, int port) {}
