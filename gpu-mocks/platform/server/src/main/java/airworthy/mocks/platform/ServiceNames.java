package airworthy.mocks.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Cluster names of services that stand outside the pods, from their hand-written EndpointSlices: what DNS would answer.
 *
 * @param addresses {@code name.namespace} to an IP address
 */
record ServiceNames(SortedMap<String, String> addresses) implements UnaryOperator<URI> {

    /** Reads the slices among these manifests. */
    static ServiceNames of(List<? extends JsonNode> manifests) {
        SortedMap<String, String> addresses = new TreeMap<>();
        for (JsonNode object : manifests) {
            String service = object.path("metadata")
                    .path("labels")
                    .path("kubernetes.io/service-name")
                    .asText();
            if (object.path("kind").asText().equals("EndpointSlice") && !service.isEmpty()) {
                addresses.put(
                        service + "." + object.at("/metadata/namespace").asText(),
                        object.at("/endpoints/0/addresses/0").asText());
            }
        }
        return new ServiceNames(addresses);
    }

    /** Returns the address with the service's name replaced; what is no such name stays as it is. */
    @Override
    public URI apply(URI named) {
        String host = String.valueOf(named.getHost());
        String address = addresses.get(host.replaceFirst("\\.svc(\\.cluster\\.local)?\\.?$", ""));
        return address == null ? named : URI.create(named.toString().replaceFirst(host, address));
    }
}
