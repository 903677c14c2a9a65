package airworthy.probes.discovery;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A port of a Service that may be the part looked for.
 *
 * @param service the Service
 * @param port one of its {@code spec.ports}
 * @param likely whether more than its port speaks for it, so that its silence says something
 * @param why what makes it look so, for people
 */
record Candidate(JsonNode service, JsonNode port, boolean likely, String why) {

    String told() {
        return ClusterObjects.told(service) + ":" + port.path("port").asInt();
    }

    String namespace() {
        return ClusterObjects.namespace(service);
    }
}
