package airworthy.probes.discovery;

import airworthy.probes.Reading;
import airworthy.probes.alertmanager.AlertmanagerProbe;
import airworthy.probes.alertmanager.AlertmanagerStatus;
import airworthy.probes.http.HttpReads;
import airworthy.probes.prometheus.PrometheusProbe;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the servers of the alerting chain, by asking what looks like one.
 *
 * @param objects the cluster's objects
 * @param ways to its Services
 * @param reads how to ask
 */
record ServerSearch(ClusterObjects objects, Ways ways, HttpReads reads) {

    Reading<Findings.Server> prometheus() throws InterruptedException {
        return server(ServiceSearch.PROMETHEUS, base -> new PrometheusProbe(base, reads).version());
    }

    Reading<Findings.Server> alertmanager() throws InterruptedException {
        return server(
                ServiceSearch.ALERTMANAGER,
                base -> new AlertmanagerProbe(base, reads).status().map(AlertmanagerStatus::version));
    }

    /** Asks who a server is. */
    private interface Question {
        Reading<String> version(URI base) throws InterruptedException;
    }

    /** The likeliest candidate that answers as what it looks like. */
    private Reading<Findings.Server> server(ServiceSearch search, Question question) throws InterruptedException {
        if (objects.reading(Listed.SERVICES) instanceof Reading.Unreadable<List<JsonNode>>(String why)) {
            return new Reading.Unreadable<>(why);
        }
        List<JsonNode> services = objects.all(Listed.SERVICES);
        List<String> failures = new ArrayList<>();
        List<String> others = new ArrayList<>();
        List<Candidate> candidates = search.in(services);
        for (Candidate candidate : candidates) {
            for (Way way : ways.to(candidate.service(), candidate.port())) {
                switch (question.version(way.url())) {
                    case Reading.Present<String>(String version) -> {
                        return new Reading.Present<>(found(search, candidates, candidate, way, version));
                    }
                    case Reading.Absent<String>(String how) -> (candidate.likely() ? failures : others).add(how);
                    case Reading.Unreadable<String>(String why) ->
                        (candidate.likely() ? failures : others).add(Readings.withGrant(why, way));
                }
            }
        }
        return failures.isEmpty()
                ? new Reading.Absent<>(search.told() + " among " + services.size() + " Services of the cluster"
                        + (others.isEmpty() ? "" : " (asked: " + String.join("; ", others) + ")"))
                : new Reading.Unreadable<>(String.join("; ", failures));
    }

    private static Findings.Server found(
            ServiceSearch search, List<Candidate> candidates, Candidate candidate, Way way, String version) {
        Set<String> services = new HashSet<>();
        candidates.forEach(each -> services.add(ClusterObjects.told(each.service())));
        services.remove(ClusterObjects.told(candidate.service()));
        String how = "Service " + candidate.told() + ", " + candidate.why() + "; met by " + way.by();
        return new Findings.Server(
                services.isEmpty()
                        ? Told.seen(way.url())
                        : Told.guessed(
                                way.url(),
                                "the first that answered as " + search.part() + "; others look like it too: "
                                        + String.join(
                                                ", ", services.stream().sorted().toList())),
                version,
                candidate.namespace(),
                how);
    }
}
