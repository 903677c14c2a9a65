package airworthy.probes.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Objects of dynamic resource allocation, in the best version that the server has. */
record DynamicResources(KubernetesConnection cluster) {
    static final String CLAIM = "ResourceClaim";
    /** Versions whose objects have the form read here, best first. */
    private static final List<String> VERSIONS = List.of("resource.k8s.io/v1", "resource.k8s.io/v1beta2");

    List<JsonNode> list(String kind, Optional<String> namespace) throws NotRead, InterruptedException {
        return cluster.items(version(), kind, namespace);
    }

    String version() throws NotRead, InterruptedException {
        List<String> missing = new ArrayList<>();
        for (String version : VERSIONS) {
            try {
                cluster.requireKind(version, CLAIM);
                return version;
            } catch (NotRead e) {
                if (!e.absent()) {
                    throw e;
                }
                missing.add(e.words());
            }
        }
        throw NotRead.absent("no dynamic resource allocation: " + String.join("; ", missing));
    }
}
