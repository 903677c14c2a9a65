package airworthy.mocks.platform.gateway;

import java.net.InetSocketAddress;

/** A ready endpoint of a service. */
public record Replica(String namespace, String pod, InetSocketAddress address) {}
