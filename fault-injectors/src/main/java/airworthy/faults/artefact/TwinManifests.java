package airworthy.faults.artefact;

import airworthy.faults.RunMark;
import airworthy.faults.proxy.OurObject;
import airworthy.faults.proxy.ProxyPod;
import airworthy.model.Change;
import airworthy.model.ObjectRef;
import airworthy.model.PlatformProfile;
import airworthy.model.Target;
import airworthy.model.WorkloadRef;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The proxy before the store, the Service that leads to it, and the copy of the workload that fetches its model there. Named
 * so that nothing tells what they are for.
 *
 * @param workload what is copied
 * @param original it as the API server gives it
 * @param artefact where it gets its model from
 * @param image what the proxy's pod runs
 * @param mark ours
 */
record TwinManifests(
        WorkloadRef workload, JsonNode original, PlatformProfile.Artefact artefact, String image, RunMark mark) {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final int PORT = 8000;
    private static final int ADMIN_PORT = 8001;
    private static final int HTTP_PORT = 80;

    /** It passes on nothing that somebody waits for once the copy is gone. */
    private static final int GRACE_SECONDS = 1;

    /** By these a tool knows objects that it keeps: it would take the copy for one of its own, and delete it. */
    private static final Set<String> KEEPERS = Set.of(
            "argocd.argoproj.io/",
            "kustomize.toolkit.fluxcd.io/",
            "helm.toolkit.fluxcd.io/",
            "meta.helm.sh/",
            "app.kubernetes.io/instance",
            "app.kubernetes.io/managed-by",
            "deployment.kubernetes.io/",
            "kubectl.kubernetes.io/");

    TwinTemplate template() {
        return new TwinTemplate(original.at("/spec/template"), artefact);
    }

    Change.CreateObject proxy() {
        return new ProxyPod(
                        proxyRef(),
                        image,
                        base() + "-proxy",
                        Map.of("containerPort", PORT),
                        ADMIN_PORT,
                        artefact.url().getHost() + ":"
                                + (artefact.url().getPort() < 0
                                        ? HTTP_PORT
                                        : artefact.url().getPort()),
                        // nobody but the copy knows its address
                        List.of("--live-traffic"),
                        GRACE_SECONDS,
                        mark)
                .creation();
    }

    /** Leads the copy to the proxy, once that is ready. */
    Change.CreateObjectOnceReady store() {
        Map<String, Object> port = Map.of("port", PORT, "targetPort", PORT, "protocol", "TCP");
        return new Change.CreateObjectOnceReady(
                new OurObject(
                                new ObjectRef("v1", "Service", namespace(), base() + "-store"),
                                Map.of("selector", Map.of(ProxyPod.PART, base() + "-proxy"), "ports", List.of(port)),
                                mark)
                        .creation(),
                proxyRef());
    }

    /** One replica, whatever the workload has. */
    Change.CreateObject twin() {
        Map<String, Object> copy = MAPPER.convertValue(
                template()
                        .copy(
                                URI.create("http://" + base() + "-store." + workload.namespace() + ":" + PORT
                                        + artefact.url().getPath()),
                                revision(),
                                base(),
                                List.of(RunMark.RUN_LABEL, mark.label())),
                OBJECT);
        return new OurObject(
                        new ObjectRef("apps/v1", "Deployment", namespace(), base()),
                        kept("labels", mark.labels()),
                        kept("annotations", mark.annotations()),
                        Map.of(
                                "replicas",
                                1,
                                "selector",
                                Map.of("matchLabels", Map.of(ProxyPod.PART, base())),
                                "template",
                                copy),
                        mark)
                .creation();
    }

    Target.Twin named() {
        return new Target.Twin(base(), base(), revision());
    }

    URI lever(URI proxy, String name) {
        return proxy.resolve("admin/levers/" + name);
    }

    ObjectRef proxyRef() {
        return new ObjectRef("v1", "Pod", namespace(), base() + "-proxy");
    }

    int adminPort() {
        return ADMIN_PORT;
    }

    /** Another than that of the replicas that serve, so that an alert about these is told from one about the copy. */
    private String revision() {
        return "aw-" + mark.label();
    }

    private Optional<String> namespace() {
        return Optional.of(workload.namespace());
    }

    private String base() {
        return "airworthy-" + mark.label() + "-"
                + Integer.toHexString(workload.toString().hashCode());
    }

    /** Owners are told by labels or annotations: these stay. */
    private Map<String, String> kept(String place, Map<String, String> ours) {
        Map<String, String> all = new TreeMap<>();
        original.path("metadata").path(place).forEachEntry((key, value) -> {
            if (KEEPERS.stream().noneMatch(key::startsWith)) {
                all.put(key, value.asText());
            }
        });
        all.putAll(ours);
        return all;
    }
}
