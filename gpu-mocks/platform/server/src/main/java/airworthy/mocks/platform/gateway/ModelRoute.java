package airworthy.mocks.platform.gateway;

import java.util.List;

/** A model with its replicas and their balancer. */
record ModelRoute(String model, String service, EndpointSource endpoints, Balancer balancer) {

    List<Replica> ready() {
        return endpoints.ready(service);
    }
}
