package airworthy.mocks.platform.gateway;

import java.util.List;

/** A model with its replicas and their balancer. */
record ModelRoute(String model, List<String> services, EndpointSource endpoints, Balancer balancer) {

    List<Replica> ready() {
        return services.stream()
                .flatMap(service -> endpoints.ready(service).stream())
                .toList();
    }
}
