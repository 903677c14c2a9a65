package airworthy.format;

import airworthy.model.PlatformProfile.Alertmanager;
import airworthy.model.PlatformProfile.Artefact;
import airworthy.model.PlatformProfile.Cluster;
import airworthy.model.PlatformProfile.Gateway;
import airworthy.model.PlatformProfile.HarnessImages;
import airworthy.model.PlatformProfile.Inference;
import airworthy.model.PlatformProfile.MockDevices;
import airworthy.model.PlatformProfile.Mocks;
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

    /** Where the simulated driver offers its levers if it is told nothing. */
    private static final int MOCK_DEVICES_PORT = 9401;

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
                        gateway.find("replicaHeader").map(Cursor::text),
                        new GatewayParts(root, gateway).budgets(),
                        new GatewayParts(root, gateway).audit(),
                        keys(gateway.get("badKeys"))));
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

    Mocks mocks() {
        return new Mocks(
                part("mocks").flatMap(mocks -> mocks.find("modelServers")).isPresent(), mockDevices());
    }

    HarnessImages images() {
        Optional<Cursor> harness = part("harness");
        return new HarnessImages(
                harness.flatMap(found -> found.find("image")).map(Cursor::text),
                harness.flatMap(found -> found.find("pauseImage"))
                        .map(Cursor::text)
                        .orElse(HarnessImages.USUAL_PAUSE),
                harness.flatMap(found -> found.find("acceleratorImage")).map(Cursor::text));
    }

    private Optional<MockDevices> mockDevices() {
        return part("mocks")
                .flatMap(mocks -> mocks.find("devices"))
                .filter(Cursor::isMapping)
                .map(devices -> {
                    Map<String, String> labels = texts(devices.get("labels"));
                    return new MockDevices(
                            devices.get("namespace").text(),
                            // the schema has complained of none already
                            labels.isEmpty() ? Map.of("-", "-") : labels,
                            devices.find("port")
                                    .map(port -> port.integerFrom(1))
                                    .orElse(MOCK_DEVICES_PORT));
                });
    }

    static Map<String, String> texts(Cursor mapping) {
        Map<String, String> texts = new HashMap<>();
        mapping.entries().forEach((key, value) -> texts.put(key, value.text()));
        return texts;
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
                        served.get("slo").get("gap").positiveDuration()),
                served.find("artefact").filter(Cursor::isMapping).map(ProfileParts::artefact));
    }

    private static Artefact artefact(Cursor artefact) {
        Cursor url = artefact.get("url");
        if (url.text().startsWith("https:")) {
            url.complain("a store without TLS: its answers are passed on by a proxy of ours, which has no"
                    + " certificate of it; name an endpoint of the store that speaks HTTP within the cluster");
        }
        return new Artefact(
                artefact.get("env").text(),
                url.url(),
                artefact.get("revisionLabel").text());
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
