package airworthy.format;

import airworthy.model.PlatformProfile.Alertmanager;
import airworthy.model.PlatformProfile.Cluster;
import airworthy.model.PlatformProfile.Gateway;
import airworthy.model.PlatformProfile.Inference;
import airworthy.model.PlatformProfile.Webhook;
import airworthy.model.Slo;
import airworthy.model.WorkloadRef;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Converts where the parts of a platform are.
 *
 * @param root the whole profile
 * @param paths what its paths mean
 */
record ProfileParts(Cursor root, ProfilePaths paths) {
    /** The port on which vLLM serves if it is told nothing. */
    private static final int USUAL_PORT = 8000;

    private static final WorkloadRef NO_WORKLOAD = new WorkloadRef("-", "-", "-");

    Optional<Cluster> cluster() {
        return part("cluster")
                .map(cluster -> new Cluster(
                        cluster.get("kubeconfig").parsed(paths::resolve, "a path", Path.of("")),
                        cluster.find("context").map(Cursor::text)));
    }

    Optional<URI> prometheus() {
        return part("prometheus").map(prometheus -> prometheus.get("url").url());
    }

    Optional<Alertmanager> alertmanager() {
        return part("alertmanager")
                .map(alertmanager -> new Alertmanager(
                        alertmanager.get("url").url(),
                        alertmanager
                                .find("webhook")
                                .map(webhook -> new Webhook(
                                        webhook.get("listen").text(),
                                        webhook.get("url").url()))));
    }

    Optional<Gateway> gateway() {
        return part("gateway")
                .map(gateway -> new Gateway(
                        gateway.get("url").url(),
                        keys(gateway.get("keys")),
                        gateway.find("replicaHeader").map(Cursor::text)));
    }

    List<Inference> inference() {
        Set<String> names = new HashSet<>();
        return root.get("inference").items().stream()
                .map(served -> {
                    if (!names.add(served.get("name").text())) {
                        served.get("name").complain("a name of its own for each served model");
                    }
                    return inference(served);
                })
                .toList();
    }

    static WorkloadRef workload(Cursor workload) {
        return workload.parsed(
                text -> text.matches("[^/]+/[^/]+/[^/]+") ? Optional.of(WorkloadRef.parse(text)) : Optional.empty(),
                "a workload written namespace/kind/name",
                NO_WORKLOAD);
    }

    private Inference inference(Cursor served) {
        Optional<Cursor> tenant = served.find("tenant");
        part("gateway")
                .map(gateway -> gateway.get("keys"))
                .ifPresent(keys -> tenant.filter(name -> !keys.has(name.text()))
                        .ifPresent(name -> name.complain("a tenant with a key under gateway.keys")));
        return new Inference(
                served.get("name").text(),
                workload(served.get("workload")),
                served.get("url").url(),
                served.get("model").text(),
                tenant.map(Cursor::text),
                served.find("port").map(port -> port.integerFrom(1)).orElse(USUAL_PORT),
                new Slo(
                        served.get("slo").get("ttft").positiveDuration(),
                        served.get("slo").get("gap").positiveDuration()));
    }

    /** What is no reference may be the key itself: the schema has refused it without showing it. */
    private Map<String, String> keys(Cursor keys) {
        Map<String, String> references = new HashMap<>();
        keys.entries()
                .forEach((tenant, key) ->
                        paths.absolute(key.text()).ifPresent(reference -> references.put(tenant, reference)));
        return references;
    }

    private Optional<Cursor> part(String key) {
        return root.find(key).filter(Cursor::isMapping);
    }
}
