package airworthy.probes.discovery;

import airworthy.probes.Reading;
import airworthy.probes.alertmanager.Routing;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/** Where the harness would hear notifications: what receivers name, and what the cluster sends there. Pure. */
final class WebhookSigns {
    private static final String OURS = "airworthy";
    /** What Alertmanager shows in place of what it keeps to itself. */
    private static final String SECRET = "<secret>";

    private WebhookSigns() {}

    static Reading<Findings.Webhook> of(Routing routing, Ways ways) {
        List<String> urls = routing.receivers().stream()
                .flatMap(receiver -> receiver.webhooks().stream())
                .distinct()
                .toList();
        Optional<String> named = urls.stream().filter(url -> url.contains(OURS)).findFirst();
        if (named.isPresent()) {
            return new Reading.Present<>(new Findings.Webhook(listen(named.get(), ways), Told.seen(named.get())));
        }
        boolean hidden = urls.contains(SECRET);
        Optional<JsonNode> service = service(OURS, ways).filter(_ -> hidden);
        if (service.isPresent()) {
            String url = Ways.insideUrl(service.get(), service.get().at("/spec/ports/0")) + "/";
            return new Reading.Present<>(new Findings.Webhook(
                    listen(url, ways),
                    Told.guessed(
                            url,
                            "Alertmanager hides the addresses of its webhooks, and a Service of this name exists")));
        }
        return hidden
                ? new Reading.Unreadable<>("Alertmanager hides the addresses of its webhooks, and no Service named "
                        + OURS + " leads out of the cluster")
                : new Reading.Absent<>("a webhook with \"" + OURS + "\" in its address among "
                        + routing.receivers().size() + " receivers");
    }

    private static Told<String> listen(String url, Ways ways) {
        Optional<URI> address = address(url);
        Optional<JsonNode> service = address.flatMap(uri -> service(uri.getHost(), ways));
        if (service.isPresent()) {
            for (JsonNode slice : ways.slices(service.get())) {
                String host = slice.at("/endpoints/0/addresses/0").asText();
                int port = slice.at("/ports/0/port").asInt();
                if (!host.isEmpty() && port > 0) {
                    return Told.guessed(
                            host + ":" + port,
                            "the endpoint that somebody wrote for Service " + ClusterObjects.told(service.get())
                                    + "; this machine must have that address");
                }
            }
        }
        int port = address.map(URI::getPort).filter(number -> number > 0).orElse(9911);
        return Told.guessed("0.0.0.0:" + port, "the port of the webhook's address, on every address of this machine");
    }

    /** The Service without pods behind it that a host name of the cluster stands for. */
    private static Optional<JsonNode> service(String host, Ways ways) {
        String[] parts = host.split("\\.", -1);
        return ways.objects().all(Listed.SERVICES).stream()
                .filter(each -> each.at("/spec/selector").isEmpty())
                .filter(each -> ClusterObjects.name(each).equals(parts[0]))
                .filter(each ->
                        parts.length < 2 || ClusterObjects.namespace(each).equals(parts[1]))
                .findFirst();
    }

    private static Optional<URI> address(String url) {
        try {
            return Optional.of(new URI(url)).filter(uri -> uri.getHost() != null);
        } catch (URISyntaxException e) {
            return Optional.empty(); // the profile's reader will say so
        }
    }
}
