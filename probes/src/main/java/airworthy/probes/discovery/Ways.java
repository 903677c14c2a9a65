package airworthy.probes.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * The ways from outside a cluster to its Services, best first: a load balancer, a node port, endpoints written by hand, the
 * Service's name in case that this machine resolves it, and last the API server's proxy, which takes whoever may use the
 * API and asks for {@code get} on {@code services/proxy}. Pure.
 *
 * @param objects the cluster's objects
 * @param api scheme, host and port of the API server, with a slash at its end
 */
record Ways(ClusterObjects objects, URI api) {
    /** Nodes serve a node port alike; a second is asked in case that the first is down. */
    private static final int NODES = 2;

    private static final int HTTPS = 443;

    /** All ways to a port of a Service. */
    List<Way> to(JsonNode service, JsonNode port) {
        List<Way> ways = new ArrayList<>(direct(service, port));
        boolean https = scheme(port).equals("https");
        ways.add(new Way(
                api.resolve("/api/v1/namespaces/%s/services/%s%s:%d/proxy"
                        .formatted(
                                ClusterObjects.namespace(service),
                                https ? "https:" : "",
                                ClusterObjects.name(service),
                                port.path("port").asInt())),
                "the API server's proxy",
                false));
        return List.copyOf(ways);
    }

    /** The ways that do not lead through the API server. */
    List<Way> direct(JsonNode service, JsonNode port) {
        List<Way> ways = new ArrayList<>();
        for (JsonNode ingress : service.at("/status/loadBalancer/ingress")) {
            String host = ingress.path(ingress.has("ip") ? "ip" : "hostname").asText();
            add(ways, port, host, port.path("port").asInt(), "load balancer");
        }
        if (port.path("nodePort").asInt() > 0) {
            nodeAddresses()
                    .forEach(host -> add(ways, port, host, port.path("nodePort").asInt(), "node port"));
        }
        if (service.at("/spec/selector").isEmpty()) {
            handWritten(service, port, ways);
        }
        add(ways, port, inside(service), port.path("port").asInt(), "name of the Service");
        return List.copyOf(ways);
    }

    /** The address that pods use. */
    static URI insideUrl(JsonNode service, JsonNode port) {
        return URI.create(
                scheme(port) + "://" + inside(service) + ":" + port.path("port").asInt());
    }

    private static String inside(JsonNode service) {
        return ClusterObjects.name(service) + "." + ClusterObjects.namespace(service);
    }

    private List<String> nodeAddresses() {
        List<String> addresses = new ArrayList<>();
        for (String type : List.of("ExternalIP", "InternalIP")) {
            for (JsonNode node : objects.all(Listed.NODES)) {
                for (JsonNode address : node.at("/status/addresses")) {
                    if (address.path("type").asText().equals(type)) {
                        addresses.add(address.path("address").asText());
                    }
                }
            }
        }
        return addresses.stream().distinct().limit(NODES).toList();
    }

    private void handWritten(JsonNode service, JsonNode port, List<Way> ways) {
        for (JsonNode slice : slices(service)) {
            for (JsonNode endpoint : slice.path("endpoints")) {
                String host = endpoint.at("/addresses/0").asText();
                add(ways, port, host, sliceport(slice, port), "endpoint written by hand");
            }
        }
    }

    /** The EndpointSlices of a Service. */
    List<JsonNode> slices(JsonNode service) {
        return objects.all(Listed.ENDPOINT_SLICES).stream()
                .filter(slice -> ClusterObjects.namespace(slice).equals(ClusterObjects.namespace(service)))
                .filter(slice -> ClusterObjects.label(slice, "kubernetes.io/service-name")
                        .equals(ClusterObjects.name(service)))
                .toList();
    }

    private static int sliceport(JsonNode slice, JsonNode port) {
        for (JsonNode served : slice.path("ports")) {
            if (served.path("name").asText().equals(port.path("name").asText())) {
                return served.path("port").asInt();
            }
        }
        return port.path("port").asInt();
    }

    private static void add(List<Way> ways, JsonNode port, String host, int number, String by) {
        if (!host.isEmpty()) {
            String authority = host.contains(":") ? "[" + host + "]" : host;
            ways.add(new Way(URI.create(scheme(port) + "://" + authority + ":" + number), by, true));
        }
    }

    private static String scheme(JsonNode port) {
        boolean https = port.path("name").asText().startsWith("https")
                || port.path("appProtocol").asText().equalsIgnoreCase("https")
                || port.path("port").asInt() == HTTPS;
        return https ? "https" : "http";
    }
}
