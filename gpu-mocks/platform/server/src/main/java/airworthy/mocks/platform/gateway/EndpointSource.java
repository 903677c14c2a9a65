package airworthy.mocks.platform.gateway;

import java.util.List;

/** Tells which replicas of a service are ready now. */
@FunctionalInterface
public interface EndpointSource {

    /**
     * Returns the ready replicas, in a stable order.
     *
     * @param service {@code namespace/name}
     */
    List<Replica> ready(String service);
}
