package airworthy.probes.discovery;

import airworthy.model.WorkloadRef;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes who serves models, the way in to them, and who may play a tenant.
 *
 * @param found what was found
 * @param page where it goes
 */
record ServingText(Findings found, YamlPage page) {

    void write() {
        gateway();
        inference();
        tenants();
    }

    private void gateway() {
        page.part(
                "gateway",
                found.gateway(),
                gateway -> page.under("gateway", () -> {
                    page.remark(gateway.how());
                    page.told("url", ProfileText.url(gateway.url()));
                    List<String> tenants = keyed();
                    if (!tenants.isEmpty()) {
                        page.under(
                                "keys",
                                () -> tenants.forEach(tenant -> page.told(
                                        tenant,
                                        Told.guessed(
                                                "env:" + variable(tenant),
                                                "keys cannot be discovered; set the variable, write file:PATH,"
                                                        + " or delete the line"))));
                    }
                    page.told(
                            "replicaHeader",
                            Told.guessed("x-inference-pod", "what llm-d's servers set; harmless where nobody does"));
                }));
    }

    /** Whoever may need a key: those who serve a model, and those who may be played. */
    private List<String> keyed() {
        return Stream.concat(found.servingNamespaces().stream(), found.tenants().stream())
                .distinct()
                .toList();
    }

    private static String variable(String tenant) {
        return "KEY_" + tenant.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private void inference() {
        page.part("inference", found.inference(), inference -> {
            page.under("inference", () -> inference.served().forEach(served -> page.item(() -> served(served))));
            silent(inference);
            bystanders(inference.served());
        });
    }

    private void served(Findings.Served served) {
        WorkloadRef workload = served.workload();
        Optional<Findings.Gateway> gateway = Findings.value(found.gateway());
        page.entry("name", YamlPage.scalar(name(served)));
        page.entry("workload", YamlPage.scalar(workload.toString()));
        page.told(
                "url",
                gateway.map(way -> Told.guessed(
                                YamlPage.scalar(way.url().value().toString()), "through the gateway, as users do"))
                        .orElseGet(() -> ProfileText.url(served.url())));
        page.told("model", ProfileText.text(served.model()));
        if (gateway.isPresent()) {
            page.told("tenant", Told.guessed(YamlPage.scalar(workload.namespace()), "the namespace"));
        }
        page.entry("port", Integer.toString(served.port()));
        page.told(
                "slo",
                Told.guessed(
                        "{ ttft: 450ms, gap: 40ms }",
                        "MLPerf's interactive bound for Llama2-70B; put what users were promised"));
    }

    /** Names are for reports: the workload's own, with its namespace where two are called the same. */
    private String name(Findings.Served served) {
        long same = Findings.value(found.inference()).stream()
                .flatMap(all -> all.served().stream())
                .filter(each -> each.workload().name().equals(served.workload().name()))
                .count();
        return same == 1
                ? served.workload().name()
                : served.workload().namespace() + "-" + served.workload().name();
    }

    private void silent(Findings.Inference inference) {
        inference
                .silent()
                .forEach((workload, why) ->
                        page.remark(workload + " holds accelerators and was not seen to serve a model: " + why));
    }

    private void bystanders(List<Findings.Served> served) {
        Optional<Findings.Served> second = served.stream()
                .skip(1)
                .filter(each -> !each.workload()
                        .namespace()
                        .equals(served.getFirst().workload().namespace()))
                .findFirst()
                .or(() -> served.stream().skip(1).findFirst());
        second.ifPresentOrElse(
                each -> page.told(
                        "bystanders",
                        Told.guessed(
                                YamlPage.list(List.of(each.workload().toString())),
                                "the second served model; it is not hit and gets half-rate load")),
                () -> page.remark("bystanders: looked for a second served model: absent; without one, nobody can say"
                        + " whether a fault was contained"));
    }

    private void tenants() {
        page.part(
                "testTenants",
                found.testTenants(),
                tenants -> page.told(
                        "testTenants",
                        Told.guessed(YamlPage.list(tenants), "they have a device quota and run nothing")));
        page.missing("devices", found.devices());
    }
}
