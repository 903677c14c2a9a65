package airworthy.probes.discovery;

import airworthy.model.Need;
import airworthy.probes.Reading;
import airworthy.probes.http.HttpReads;
import airworthy.probes.kubernetes.KubernetesConnection;
import java.util.Optional;

/** Looks in a cluster for a part of the platform that a profile does not name, as a discovery would. Thread-safe. */
public final class PartSearch {
    private final KubernetesConnection connection;
    private final HttpReads reads;

    /** @param reads carry the login for the cluster's API server */
    public PartSearch(KubernetesConnection connection, HttpReads reads) {
        this.connection = connection;
        this.reads = reads;
    }

    /**
     * Looks once. What is absent was looked for in all Services of the cluster.
     *
     * @return what answers as that part, and where
     */
    public Reading<String> look(Need need) throws InterruptedException {
        ClusterObjects objects = ClusterObjects.of(connection);
        Ways ways = new Ways(objects, connection.origin());
        Optional<String> hidden = objects.unreadable(Listed.SERVICES);
        if (hidden.isPresent()) {
            return new Reading.Unreadable<>(hidden.get());
        }
        return switch (need) {
            case PROMETHEUS ->
                new ServerSearch(objects, ways, reads).prometheus().map(PartSearch::told);
            case ALERTMANAGER ->
                new ServerSearch(objects, ways, reads).alertmanager().map(PartSearch::told);
            case GATEWAY ->
                new ModelDiscovery(connection, objects, ways, new ApiQuestions(reads))
                        .gateway()
                        .map(found -> found.how() + " at " + found.url().value());
            case KUBERNETES, INFERENCE, OWNERSHIP, DEVICES, TENANTS ->
                new Reading.Unreadable<>("nothing looks for " + need.id() + " that the profile does not name");
        };
    }

    private static String told(Findings.Server found) {
        return found.how() + " at " + found.url().value();
    }
}
