package airworthy.probes.discovery;

import airworthy.probes.Reading;
import airworthy.probes.alertmanager.AlertmanagerProbe;
import airworthy.probes.alertmanager.Routing;
import airworthy.probes.http.HttpReads;
import airworthy.probes.kubernetes.KubernetesConnection;
import airworthy.probes.prometheus.AlertingRule;
import airworthy.probes.prometheus.PrometheusProbe;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at a live cluster for all that a platform profile says. Only reads: it lists objects, and asks what looks like a
 * part of the platform what it is. Thread-safe.
 */
public final class Discovery {
    private final KubernetesConnection connection;
    private final HttpReads reads;

    /** @param reads carry the login for the cluster's API server */
    public Discovery(KubernetesConnection connection, HttpReads reads) {
        this.connection = connection;
        this.reads = reads;
    }

    /** Looks once. */
    public Findings look(Findings.Cluster cluster) throws InterruptedException {
        ClusterObjects objects = ClusterObjects.of(connection);
        Ways ways = new Ways(objects, connection.origin());
        ServerSearch servers = new ServerSearch(objects, ways, reads);
        Reading<Findings.Server> prometheus = servers.prometheus();
        Reading<Findings.Server> alertmanager = servers.alertmanager();
        Reading<Routing> routing = Readings.then(
                alertmanager, found -> new AlertmanagerProbe(found.url().value(), reads).routing());
        Reading<List<AlertingRule>> rules = Readings.then(
                prometheus, found -> new PrometheusProbe(found.url().value(), reads).rules());
        ModelDiscovery models = new ModelDiscovery(connection, objects, ways, new ApiQuestions(reads));
        Reading<Findings.Gateway> gateway = models.gateway();
        Reading<Findings.Inference> inference = models.inference();
        Reading<Findings.Ownership> ownership =
                OwnerSigns.of(objects, Findings.value(routing), platformNamespaces(prometheus, alertmanager, gateway));
        List<String> ownerLabels = OwnerSigns.labels(Findings.value(ownership)
                .map(Findings.Ownership::keys)
                .orElse(new Findings.OwnerKeysFound(List.of(), 0, 0)));
        return new Findings(
                cluster,
                FidelitySigns.of(cluster, objects, prometheus, alertmanager, gateway, inference),
                prometheus,
                Readings.then(
                        prometheus, found -> new PrometheusProbe(found.url().value(), reads).intervals()),
                alertmanager,
                Findings.value(routing).stream()
                        .flatMap(told -> told.receivers().stream())
                        .map(Routing.Receiver::name)
                        .toList(),
                Readings.then(routing, told -> WebhookSigns.of(told, ways)),
                gateway,
                inference,
                DeviceSigns.devices(objects),
                DeviceSigns.mocks(objects),
                DeviceSigns.testTenants(objects),
                ownership,
                rules.map(all -> AlertSigns.of(all, ownerLabels)),
                RunbookHosts.of(Findings.value(rules).orElse(List.of()), ways, reads));
    }

    private static Set<String> platformNamespaces(
            Reading<Findings.Server> prometheus,
            Reading<Findings.Server> alertmanager,
            Reading<Findings.Gateway> gateway) {
        Set<String> namespaces = new HashSet<>();
        Findings.value(prometheus).ifPresent(found -> namespaces.add(found.namespace()));
        Findings.value(alertmanager).ifPresent(found -> namespaces.add(found.namespace()));
        Optional<Findings.Gateway> way = Findings.value(gateway);
        way.ifPresent(found -> namespaces.add(found.namespace()));
        return namespaces;
    }
}
