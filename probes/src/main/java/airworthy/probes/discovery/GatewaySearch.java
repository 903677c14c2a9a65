package airworthy.probes.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds what may be the way in for AI traffic: Gateways whose routes lead to an InferencePool, then Services that are named
 * as gateways are. Pure.
 *
 * @param objects the cluster's objects
 * @param ways to its Services
 */
record GatewaySearch(ClusterObjects objects, Ways ways) {
    private static final int HTTPS = 443;

    /**
     * A way to something that may be a gateway.
     *
     * @param told what it is, for people
     * @param namespace where it is
     * @param way to it
     * @param inside the address that pods use
     */
    record Door(String told, String namespace, Way way, URI inside) {}

    /** The likeliest first. */
    List<Door> doors() {
        List<Door> doors = new ArrayList<>();
        for (JsonNode gateway : objects.all(Listed.GATEWAYS)) {
            if (leadsToPool(gateway)) {
                addresses(gateway, doors);
            }
        }
        for (Candidate candidate : ServiceSearch.GATEWAY.in(objects.all(Listed.SERVICES))) {
            for (Way way : ways.to(candidate.service(), candidate.port())) {
                doors.add(new Door(
                        "Service " + candidate.told(),
                        candidate.namespace(),
                        way,
                        Ways.insideUrl(candidate.service(), candidate.port())));
            }
        }
        return List.copyOf(doors);
    }

    private boolean leadsToPool(JsonNode gateway) {
        return objects.all(Listed.HTTP_ROUTES).stream()
                .filter(GatewaySearch::toPool)
                .anyMatch(route -> Stream.iterate(
                                0, at -> at < route.at("/spec/parentRefs").size(), at -> at + 1)
                        .map(at -> route.at("/spec/parentRefs").path(at))
                        .anyMatch(parent -> parent.path("name").asText().equals(ClusterObjects.name(gateway))
                                && parent.path("namespace")
                                        .asText(ClusterObjects.namespace(route))
                                        .equals(ClusterObjects.namespace(gateway))));
    }

    private static boolean toPool(JsonNode route) {
        for (JsonNode rule : route.at("/spec/rules")) {
            for (JsonNode backend : rule.path("backendRefs")) {
                if (backend.path("kind").asText().equals("InferencePool")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void addresses(JsonNode gateway, List<Door> doors) {
        for (JsonNode address : gateway.at("/status/addresses")) {
            for (JsonNode listener : gateway.at("/spec/listeners")) {
                int port = listener.path("port").asInt();
                boolean https = listener.path("protocol").asText().equals("HTTPS") || port == HTTPS;
                String host = address.path("value").asText();
                URI url = URI.create(
                        (https ? "https://" : "http://") + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
                doors.add(new Door(
                        "Gateway " + ClusterObjects.told(gateway) + " before an InferencePool",
                        ClusterObjects.namespace(gateway),
                        new Way(url, "its address", true),
                        url));
            }
        }
    }
}
