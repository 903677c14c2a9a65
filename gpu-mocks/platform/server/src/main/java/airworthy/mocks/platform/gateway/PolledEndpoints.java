package airworthy.mocks.platform.gateway;

import airworthy.mocks.incluster.Answer;
import airworthy.mocks.incluster.ClusterApi;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.System.Logger;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ready endpoints of the routed services, asked of the Kubernetes API again and again. While the API does not answer,
 * the last answer stands: a gateway goes on without its control plane. Safe for any number of threads.
 */
final class PolledEndpoints implements EndpointSource, AutoCloseable {

    private static final Logger LOG = System.getLogger(PolledEndpoints.class.getName());

    /** Well below the second or so that kube-proxy takes to follow the same slices. */
    private static final Duration EVERY = Duration.ofMillis(300);

    private final ClusterApi api;
    private final Map<String, List<Replica>> ready = new ConcurrentHashMap<>();
    private final Thread thread;

    private PolledEndpoints(ClusterApi api, Collection<GatewayConfig.Route> routes) {
        this.api = api;
        List<String> services = routes.stream()
                .flatMap(route -> route.services().stream())
                .distinct()
                .toList();
        thread = Thread.ofVirtual().name("endpoints").unstarted(() -> poll(services));
    }

    static PolledEndpoints start(ClusterApi api, Collection<GatewayConfig.Route> routes) {
        PolledEndpoints endpoints = new PolledEndpoints(api, routes);
        endpoints.thread.start();
        return endpoints;
    }

    @Override
    public List<Replica> ready(String service) {
        return ready.getOrDefault(service, List.of());
    }

    private void poll(List<String> services) {
        try {
            while (true) {
                for (String service : services) {
                    look(service);
                }
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(String service) throws InterruptedException {
        String[] named = service.split("/", 2);
        try {
            Answer slices = api.get("/apis/discovery.k8s.io/v1/namespaces/" + named[0]
                    + "/endpointslices?labelSelector=kubernetes.io/service-name%3D" + named[1]);
            if (slices.ok()) {
                ready.put(service, replicas(named[0], slices.body()));
            } else {
                LOG.log(Logger.Level.WARNING, "endpoints of " + service + ": " + slices.told());
            }
        } catch (IOException e) {
            LOG.log(Logger.Level.WARNING, "endpoints of " + service + ": " + e.getMessage());
        }
    }

    static List<Replica> replicas(String namespace, JsonNode slices) {
        List<Replica> replicas = new ArrayList<>();
        for (JsonNode slice : slices.path("items")) {
            int port = slice.at("/ports/0/port").asInt();
            for (JsonNode endpoint : slice.path("endpoints")) {
                if (endpoint.at("/conditions/ready").asBoolean(true)) {
                    String ip = endpoint.at("/addresses/0").asText();
                    String pod = endpoint.at("/targetRef/name").asText(ip);
                    replicas.add(new Replica(namespace, pod, new InetSocketAddress(ip, port)));
                }
            }
        }
        replicas.sort(Comparator.comparing(Replica::pod));
        return List.copyOf(replicas);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
