package airworthy.probes.discovery;

import airworthy.probes.Reading;
import airworthy.probes.http.HttpReads;
import airworthy.probes.prometheus.AlertingRule;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where this machine finds the runbooks that rules name by hosts which only the cluster resolves. */
final class RunbookHosts {
    private static final int MAX_BYTES = 16 * 1024;

    private RunbookHosts() {}

    static SortedMap<String, Reading<String>> of(List<AlertingRule> rules, Ways ways, HttpReads reads)
            throws InterruptedException {
        SortedMap<String, Reading<String>> names = new TreeMap<>();
        for (AlertingRule rule : rules) {
            Optional<URI> page =
                    Optional.ofNullable(rule.annotations().get("runbook_url")).flatMap(RunbookHosts::address);
            if (page.isPresent() && !names.containsKey(page.get().getHost())) {
                Optional<JsonNode> service = service(page.get().getHost(), ways);
                if (service.isPresent()) {
                    names.put(page.get().getHost(), place(page.get(), service.get(), ways, reads));
                }
            }
        }
        return names;
    }

    private static Reading<String> place(URI page, JsonNode service, Ways ways, HttpReads reads)
            throws InterruptedException {
        for (JsonNode port : service.at("/spec/ports")) {
            if (port.path("port").asInt() == page.getPort()) {
                for (Way way : ways.direct(service, port)) {
                    boolean answers = reads.page(way.to(Objects.toString(page.getRawPath(), "/")), MAX_BYTES)
                            instanceof Reading.Present;
                    if (answers) {
                        return new Reading.Present<>(way.url().getRawAuthority());
                    }
                }
            }
        }
        return new Reading.Unreadable<>("no way from this machine to Service " + ClusterObjects.told(service)
                + ", where rules say that their runbooks are; put an address that this machine reaches");
    }

    private static Optional<JsonNode> service(String host, Ways ways) {
        String inside = host.replaceFirst("\\.svc(\\.cluster\\.local)?$", "");
        return ways.objects().all(Listed.SERVICES).stream()
                .filter(each -> inside.equals(ClusterObjects.name(each) + "." + ClusterObjects.namespace(each)))
                .findFirst();
    }

    private static Optional<URI> address(String url) {
        try {
            return Optional.of(new URI(url)).filter(uri -> uri.getHost() != null);
        } catch (URISyntaxException e) {
            return Optional.empty(); // a template, or no address: the audit of runbooks tells it
        }
    }
}
