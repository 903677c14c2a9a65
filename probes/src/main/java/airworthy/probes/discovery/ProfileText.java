package airworthy.probes.discovery;

import airworthy.model.PlatformLayer;
import airworthy.probes.Reading;
import airworthy.probes.prometheus.Intervals;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes what was found as a platform profile. What was guessed says so at the end of its line; what was looked for and not
 * found stands as a comment where it would be. Pure.
 */
public final class ProfileText {
    /** What the suite's budgets assume of a platform at production time. */
    private static final Duration AT_PRODUCTION_TIME = Duration.ofSeconds(30);

    /** What the suite holds at most where tenants are granted two devices each, as small platforms do. */
    private static final String MAX_DEVICES = "8";

    /** Far above what a run of the suite asks for. */
    private static final String MAX_TOKENS = "20000000";

    /** More than a scenario of the suite makes. */
    private static final String MAX_BAD_CREDENTIALS = "100";

    private final Findings found;
    private final YamlPage page = new YamlPage();

    private ProfileText(Findings found) {
        this.found = found;
    }

    /** The profile. */
    public static String of(Findings found) {
        ProfileText text = new ProfileText(found);
        text.head();
        text.consent();
        text.alerting();
        new ServingText(found, text.page).write();
        new SignsText(found, text.page).write();
        text.tail();
        return text.page.toString();
    }

    private void head() {
        page.remark(
                "Written by `airworthy discover`. Lines marked \"guessed\" are to be checked by somebody who knows the"
                        + " platform;");
        page.remark("what was looked for and not found, or could not be read, stands as a comment where it belongs.");
        page.entry("apiVersion", "airworthy/v1");
        page.entry("kind", "Platform");
        String context = YamlPage.scalar(found.cluster().context());
        page.told("name", Told.guessed(context, "the kubeconfig's name for it"));
        page.told("environment", Told.guessed(context, "the kubeconfig's name for it; better: staging, production"));
        page.under("fidelity", () -> {
            for (PlatformLayer layer : PlatformLayer.values()) {
                Optional.ofNullable(found.fidelity().get(layer))
                        .ifPresentOrElse(
                                told -> page.told(
                                        layer.id(), new Told<>(told.value().id(), told.guess())),
                                () -> page.remark(layer.id() + ": nothing was found of it"));
            }
        });
        page.under("cluster", () -> {
            page.entry(
                    "kubeconfig", YamlPage.scalar(found.cluster().kubeconfig().toString()));
            page.entry("context", context);
        });
    }

    /** Consent is for people to give: where people could be hurt it is only proposed. */
    private void consent() {
        List<String> namespaces = Stream.concat(found.servingNamespaces().stream(), found.tenants().stream())
                .distinct()
                .toList();
        boolean given = found.cluster().simulated();
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("namespaces", YamlPage.list(namespaces));
        lines.put("maxDevices", MAX_DEVICES);
        lines.put("maxTokens", MAX_TOKENS);
        lines.put("maxBadCredentials", MAX_BAD_CREDENTIALS);
        lines.put("paging", found.webhook() instanceof Reading.Present ? "live" : "shadow");
        if (given) {
            page.under(
                    "allow",
                    () -> lines.forEach((key, value) -> page.told(
                            key, Told.guessed(value, "the API server says that it is simulated: nobody can be hurt"))));
        } else {
            page.remark("Consent is yours to give: without it nothing is changed. Delete what must not be touched, then"
                    + " uncomment:");
            page.remark("allow: " + YamlPage.mapping(lines));
        }
    }

    private void alerting() {
        page.part(
                "prometheus",
                found.prometheus(),
                server -> page.under("prometheus", () -> {
                    page.remark(server.how() + "; it says " + server.version());
                    page.told("url", url(server.url()));
                }));
        page.part(
                "alertmanager",
                found.alertmanager(),
                server -> page.under("alertmanager", () -> {
                    page.remark(server.how() + "; it says " + server.version());
                    page.told("url", url(server.url()));
                    page.part(
                            "webhook",
                            found.webhook(),
                            webhook -> page.under("webhook", () -> {
                                page.told("listen", text(webhook.listen()));
                                page.told("url", text(webhook.url()));
                            }));
                }));
    }

    private void tail() {
        names();
        mocks();
        page.entry("timeScale", "1", Optional.of(pace()));
    }

    /** Simulated parts offer levers; nothing else does. */
    private void mocks() {
        Optional<Findings.Served> server = Findings.value(found.inference()).stream()
                .flatMap(all -> all.served().stream())
                .filter(Findings.Served::mock)
                .findFirst();
        if (server.isPresent() || found.mockDevices().isPresent()) {
            page.under("mocks", () -> {
                server.ifPresent(mock -> page.entry(
                        "modelServers",
                        "{ port: " + mock.port() + " }",
                        Optional.of("by the image of " + mock.workload())));
                found.mockDevices().ifPresent(this::mockDevices);
            });
        }
    }

    private void mockDevices(Findings.MockDevices driver) {
        Map<String, String> labels = new LinkedHashMap<>();
        driver.labels().forEach((key, value) -> labels.put(key, YamlPage.scalar(value)));
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("namespace", YamlPage.scalar(driver.namespace()));
        entries.put("labels", YamlPage.mapping(labels));
        entries.put("port", Integer.toString(driver.port()));
        page.told(
                "devices",
                Told.guessed(YamlPage.mapping(entries), "a pod there runs the image of the project's own driver"));
    }

    /** Runbooks on hosts that only the cluster resolves. */
    private void names() {
        Map<String, String> places = new LinkedHashMap<>();
        found.names().forEach((host, place) -> Findings.value(place).ifPresent(address -> places.put(host, address)));
        if (!places.isEmpty()) {
            page.under("names", () -> places.forEach((host, place) -> page.entry(host, YamlPage.scalar(place))));
        }
        found.names().forEach((host, place) -> page.missing("names." + host, place));
    }

    private String pace() {
        return switch (found.intervals()) {
            case Reading.Present<Intervals>(Intervals intervals) -> {
                Duration slowest = Stream.of(intervals.scrape(), intervals.evaluation())
                        .max(Duration::compareTo)
                        .orElseThrow();
                long most = Math.max(1, AT_PRODUCTION_TIME.toMillis() / Math.max(1, slowest.toMillis()));
                yield "scraped each " + intervals.scrape().toMillis() + " ms, rules evaluated each "
                        + intervals.evaluation().toMillis() + " ms: at most " + most
                        + " would be accepted, and wants rules and routes whose durations were divided alike";
            }
            case Reading.Absent<Intervals> _, Reading.Unreadable<Intervals> _ ->
                "the platform's intervals could not be read, so no more than this would be accepted";
        };
    }

    static Told<String> url(Told<URI> url) {
        return new Told<>(YamlPage.scalar(url.value().toString()), url.guess());
    }

    static Told<String> text(Told<String> text) {
        return new Told<>(YamlPage.scalar(text.value()), text.guess());
    }
}
