package airworthy.probes.discovery;

import airworthy.probes.Reading;
import airworthy.probes.alertmanager.Routing;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads out of objects and routes who owns what and who hears of it. Pure. */
final class OwnerSigns {
    /** Keys in use in the field; Kubernetes has no standard. */
    private static final List<String> KEYS = List.of("a8r.io/owner", "backstage.io/owner", "owner", "team");

    private OwnerSigns() {}

    /**
     * Who owns what.
     *
     * @param routing who hears of it, if it could be read
     * @param platform namespaces of what a platform team runs
     */
    static Reading<Findings.Ownership> of(ClusterObjects objects, Optional<Routing> routing, Set<String> platform) {
        Optional<String> hidden = Stream.of(Listed.NAMESPACES, Listed.DEPLOYMENTS, Listed.STATEFUL_SETS)
                .flatMap(kind -> objects.unreadable(kind).stream())
                .findFirst();
        if (hidden.isPresent()) {
            return new Reading.Unreadable<>(hidden.get());
        }
        Findings.OwnerKeysFound keys = keys(objects);
        NavigableSet<String> teams = new TreeSet<>();
        for (JsonNode namespace : objects.all(Listed.NAMESPACES)) {
            if (platform.contains(ClusterObjects.name(namespace))) {
                keys.uses().stream()
                        .flatMap(use -> value(namespace, use.key()).stream())
                        .findFirst()
                        .ifPresent(teams::add);
            }
        }
        TeamReceivers receivers = routing.map(told -> TeamReceivers.of(told, labels(keys), teams))
                .orElseGet(() -> new TeamReceivers(new TreeMap<>(), new TreeSet<>()));
        return keys.uses().isEmpty() && receivers.of().isEmpty()
                ? new Reading.Absent<>("any of the keys " + String.join(", ", KEYS) + " on " + keys.namespaces()
                        + " namespaces and " + keys.workloads() + " workloads")
                : new Reading.Present<>(new Findings.Ownership(keys, teams, receivers.of(), receivers.unassigned()));
    }

    /** Labels of alerts that may name a team: those in use first; a label cannot hold a key's prefix. */
    static List<String> labels(Findings.OwnerKeysFound keys) {
        return Stream.concat(keys.uses().stream().map(Findings.KeyUse::key), KEYS.stream())
                .map(key -> key.substring(key.indexOf('/') + 1))
                .distinct()
                .toList();
    }

    private static Findings.OwnerKeysFound keys(ClusterObjects objects) {
        List<JsonNode> namespaces = objects.all(Listed.NAMESPACES).stream()
                .filter(namespace -> !system(ClusterObjects.name(namespace)))
                .toList();
        List<JsonNode> workloads = Stream.of(Listed.DEPLOYMENTS, Listed.STATEFUL_SETS)
                .flatMap(kind -> objects.all(kind).stream())
                .filter(workload -> !system(ClusterObjects.namespace(workload)))
                .toList();
        List<Findings.KeyUse> uses = new ArrayList<>();
        for (String key : KEYS) {
            Findings.KeyUse use = new Findings.KeyUse(key, count(namespaces, key), count(workloads, key));
            if (use.namespaces() + use.workloads() > 0) {
                uses.add(use);
            }
        }
        uses.sort(Comparator.comparingInt((Findings.KeyUse use) -> use.namespaces() + use.workloads())
                .reversed());
        return new Findings.OwnerKeysFound(List.copyOf(uses), namespaces.size(), workloads.size());
    }

    /** Namespaces that come with Kubernetes: no team of the platform named their owner. */
    private static boolean system(String namespace) {
        return namespace.startsWith("kube-") || namespace.equals("default");
    }

    private static int count(List<JsonNode> objects, String key) {
        return (int) objects.stream()
                .filter(object -> value(object, key).isPresent())
                .count();
    }

    private static Optional<String> value(JsonNode object, String key) {
        return Stream.of("labels", "annotations")
                .map(place -> object.path("metadata").path(place).path(key).asText())
                .filter(text -> !text.isEmpty())
                .findFirst();
    }
}
