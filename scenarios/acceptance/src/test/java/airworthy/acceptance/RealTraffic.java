package airworthy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The platform with a gateway that lists the replicas of a model by Services, one for each: the shape in which a proxy can
 * stand before one replica. Closing it puts the gateway back.
 */
final class RealTraffic implements AutoCloseable {
    private static final String MODELS = "team-a";
    private static final String MODEL = "chat";
    private static final String LABEL = "replica";
    private static final String GATEWAYS = "gateway-system";
    private static final String GATEWAY = "gateway";
    private static final String FILE = "gateway.yaml";

    private final KubernetesClient client;
    private final List<Service> services = new ArrayList<>();
    private final String routes;

    private RealTraffic(KubernetesClient client) {
        this.client = client;
        routes = Objects.requireNonNull(config().get().getData().get(FILE));
    }

    static RealTraffic of(Platform platform) throws IOException {
        RealTraffic traffic = new RealTraffic(platform.client());
        traffic.giveEachReplicaAService();
        return traffic;
    }

    /** The platform's profile without what it knows of the levers of mocks: these could be anybody's model servers. */
    static Path profile(Platform platform, Path folder) throws IOException {
        return platform.profileWith(folder, "  modelServers: { port: 8000 }\n", "");
    }

    /** What each replica's Service leads to. */
    SortedMap<String, Map<String, String>> selectors() {
        SortedMap<String, Map<String, String>> selectors = new TreeMap<>();
        for (Service service : services) {
            selectors.put(
                    service.getMetadata().getName(),
                    client.resource(service).get().getSpec().getSelector());
        }
        return selectors;
    }

    /** Pods and Services that a run made and left. */
    List<String> leftBehind() {
        Map<String, String> ours = Map.of("app.kubernetes.io/managed-by", "airworthy");
        return Stream.<HasMetadata>concat(
                        client.pods().inNamespace(MODELS).withLabels(ours).list().getItems().stream(),
                        client.services().inNamespace(MODELS).withLabels(ours).list().getItems().stream())
                .map(left -> left.getKind() + " " + left.getMetadata().getName())
                .toList();
    }

    private void giveEachReplicaAService() {
        List<String> routed = new ArrayList<>();
        for (String pod : client.pods().inNamespace(MODELS).withLabel("app", MODEL).list().getItems().stream()
                .map(each -> each.getMetadata().getName())
                .toList()) {
            String name = MODEL + "-" + services.size();
            client.pods()
                    .inNamespace(MODELS)
                    .withName(pod)
                    .edit(found -> new PodBuilder(found)
                            .editMetadata()
                            .addToLabels(LABEL, name)
                            .endMetadata()
                            .build());
            Service service = new ServiceBuilder()
                    .withNewMetadata()
                    .withNamespace(MODELS)
                    .withName(name)
                    .endMetadata()
                    .withNewSpec()
                    .addToSelector(LABEL, name)
                    .addNewPort()
                    .withPort(8000)
                    .endPort()
                    .endSpec()
                    .build();
            client.resource(service).create();
            services.add(service);
            routed.add(MODELS + "/" + name);
        }
        Matcher one = Pattern.compile("(?m)^  service: \"?" + MODELS + "/" + MODEL + "\"?$")
                .matcher(routes);
        assertThat(one.find()).as("%s has a route to %s", routes, MODEL).isTrue();
        route(one.replaceFirst("  service: " + routed));
    }

    /** The gateway reads its file when it starts. */
    private void route(String to) {
        config().edit(found -> new ConfigMapBuilder(found).addToData(FILE, to).build());
        client.apps()
                .deployments()
                .inNamespace(GATEWAYS)
                .withName(GATEWAY)
                .rolling()
                .restart();
        client.apps()
                .deployments()
                .inNamespace(GATEWAYS)
                .withName(GATEWAY)
                .waitUntilCondition(RealTraffic::rolledOut, 60, TimeUnit.SECONDS);
    }

    private static boolean rolledOut(Deployment deployment) {
        return deployment.getStatus().getObservedGeneration()
                        >= deployment.getMetadata().getGeneration()
                && Integer.valueOf(1).equals(deployment.getStatus().getUpdatedReplicas())
                && Integer.valueOf(1).equals(deployment.getStatus().getReplicas())
                && Integer.valueOf(1).equals(deployment.getStatus().getAvailableReplicas());
    }

    private Resource<ConfigMap> config() {
        return client.configMaps().inNamespace(GATEWAYS).withName(GATEWAY);
    }

    @Override
    public void close() {
        try (client) {
            route(routes);
            services.forEach(service -> client.resource(service).delete());
        }
    }
}
