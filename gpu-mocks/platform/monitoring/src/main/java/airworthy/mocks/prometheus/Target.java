package airworthy.mocks.prometheus;

import airworthy.mocks.promql.Labels;
import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Something to scrape.
 *
 * @param discovered labels before relabelling
 * @param labels labels given to every series of the target
 * @param url where its series are read, before names are resolved
 */
record Target(Labels discovered, Labels labels, URI url) {
    private static final String ADDRESS = "__address__";
    private static final String PATH = "__metrics_path__";
    private static final String SCHEME = "__scheme__";

    /** Returns a job's target for one discovered address, or nothing where relabelling drops it. */
    static Optional<Target> of(ScrapeJob job, Map<String, String> labels) {
        Labels discovered = Labels.of(Map.of("job", job.name(), PATH, job.metricsPath(), SCHEME, "http"))
                .with(Labels.of(labels));
        Optional<Labels> relabeled = Optional.of(discovered);
        for (RelabelRule rule : job.relabeling()) {
            relabeled = relabeled.flatMap(rule::apply);
        }
        return relabeled.filter(l -> !l.get(ADDRESS).isEmpty()).map(l -> of(discovered, l));
    }

    private static Target of(Labels discovered, Labels relabeled) {
        String address = relabeled.get(ADDRESS);
        Collection<String> internal = relabeled.values().keySet().stream()
                .filter(name -> name.startsWith("__"))
                .toList();
        Labels labels = relabeled.without(internal);
        if (labels.get("instance").isEmpty()) {
            labels = labels.with("instance", address);
        }
        return new Target(
                discovered, labels, URI.create(relabeled.get(SCHEME) + "://" + address + relabeled.get(PATH)));
    }
}
