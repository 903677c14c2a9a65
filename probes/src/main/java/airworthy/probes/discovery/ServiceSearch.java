package airworthy.probes.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a part of the platform usually looks like among Services: its labels, its name, its port. Pure.
 *
 * @param part for people, for example {@code Prometheus}
 * @param names values of the usual labels, and names of Services; a name may have more before or after it
 * @param notThese parts of names that belong to something else
 * @param port the port on which it usually listens; 0 if there is none that tells
 */
record ServiceSearch(String part, Set<String> names, Set<String> notThese, int port) {
    private static final List<String> LABELS =
            List.of("app.kubernetes.io/name", "app", "app.kubernetes.io/component", "k8s-app");
    /** More than any server of one part has; what has more is asked on its first ones. */
    private static final int PORTS = 3;

    static final ServiceSearch PROMETHEUS = new ServiceSearch(
            "Prometheus",
            Set.of("prometheus"),
            Set.of("alertmanager", "exporter", "pushgateway", "adapter", "operator", "state-metrics", "grafana"),
            9090);

    static final ServiceSearch ALERTMANAGER =
            new ServiceSearch("Alertmanager", Set.of("alertmanager"), Set.of("exporter", "webhook"), 9093);

    static final ServiceSearch GATEWAY = new ServiceSearch(
            "an AI gateway",
            Set.of("gateway", "litellm", "portkey", "envoy-ai-gateway", "agentgateway", "kong", "apisix", "higress"),
            Set.of("pushgateway", "controller", "webhook", "admin", "metrics"),
            0);

    /** What was looked for, for people. */
    String told() {
        String names = String.join(", ", names().stream().sorted().toList());
        return "Services labelled or named " + names + (port == 0 ? "" : ", or with port " + port);
    }

    /** The candidates, the likeliest first. */
    List<Candidate> in(List<JsonNode> services) {
        List<Ranked> ranked = new ArrayList<>();
        for (JsonNode service : services) {
            if (notThese.stream().noneMatch(ClusterObjects.name(service)::contains)) {
                rank(service, ranked);
            }
        }
        return ranked.stream()
                .sorted(Comparator.comparingInt(Ranked::rank)
                        .thenComparing(each -> each.candidate().told()))
                .map(Ranked::candidate)
                .toList();
    }

    private record Ranked(int rank, Candidate candidate) {}

    private void rank(JsonNode service, List<Ranked> ranked) {
        for (JsonNode each : ports(service)) {
            int usual = each.path("port").asInt() == port ? 0 : 1;
            if (LABELS.stream().anyMatch(key -> names.contains(ClusterObjects.label(service, key)))) {
                ranked.add(new Ranked(usual, new Candidate(service, each, true, "by its label")));
            } else if (names.stream().anyMatch(ClusterObjects.name(service)::contains)) {
                ranked.add(new Ranked(2 + usual, new Candidate(service, each, true, "by its name")));
            } else if (usual == 0) {
                ranked.add(new Ranked(4, new Candidate(service, each, false, "by its port")));
            }
        }
    }

    /** The usual port alone where there is one, else the first few. */
    private List<JsonNode> ports(JsonNode service) {
        List<JsonNode> all = StreamSupport.stream(service.at("/spec/ports").spliterator(), false)
                .toList();
        List<JsonNode> usual =
                all.stream().filter(each -> each.path("port").asInt() == port).toList();
        return (usual.isEmpty() ? all.stream() : Stream.of(usual.getFirst()))
                .filter(each -> !each.path("protocol").asText().equals("UDP"))
                .limit(PORTS)
                .toList();
    }
}
