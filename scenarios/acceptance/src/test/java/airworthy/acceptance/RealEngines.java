package airworthy.acceptance;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The model servers of one model as engines that run on processors, and have a limit of them: 3 ms for each step, so that most of
 * one works while an answer is under way. They hold no accelerator: a container with claims cannot be given another size.
 * Closing it puts the model servers back.
 */
final class RealEngines implements AutoCloseable {
    private static final String MODELS = "team-a";
    private static final String MODEL = "chat";
    private static final int REPLICAS = 3;

    private final Platform platform;
    private final KubernetesClient client;
    private final PodTemplateSpec usual;

    private RealEngines(Platform platform, KubernetesClient client) {
        this.platform = platform;
        this.client = client;
        usual = deployment().get().getSpec().getTemplate();
    }

    static RealEngines of(Platform platform) throws IOException {
        RealEngines engines = new RealEngines(platform, platform.client());
        PodTemplateSpec limited = Serialization.clone(engines.usual);
        Container server = limited.getSpec().getContainers().getFirst();
        server.setArgs(Stream.concat(server.getArgs().stream(), Stream.of("--step-processor", "3"))
                .toList());
        limited.getSpec().setResourceClaims(List.of());
        server.getResources().setClaims(List.of());
        server.getResources().setLimits(Map.of("cpu", new Quantity("2")));
        engines.rollOut(limited);
        engines.use();
        return engines;
    }

    /**
     * The profile without what it knows of the levers of mocks: these could be anybody's model servers. Time is compressed
     * less, because here tokens cost something.
     */
    static Path profile(Platform platform, Path folder) throws IOException {
        Path profile = RealTraffic.profile(platform, folder);
        return Files.writeString(
                profile, Files.readString(profile).replaceFirst("(?m)^timeScale: .*$", "timeScale: 10"));
    }

    /** Each replica's uid, its restarts and what it may use, by pod. */
    SortedMap<String, String> sizes() {
        SortedMap<String, String> sizes = new TreeMap<>();
        for (Pod pod : pods()) {
            sizes.put(
                    pod.getMetadata().getName(),
                    pod.getMetadata().getUid() + " "
                            + pod.getStatus().getContainerStatuses().getFirst().getRestartCount() + " "
                            + Serialization.asJson(
                                    pod.getSpec().getContainers().getFirst().getResources())
                            + " given "
                            + Serialization.asJson(pod.getStatus()
                                    .getContainerStatuses()
                                    .getFirst()
                                    .getResources()));
        }
        return sizes;
    }

    /** As users do: what a token costs is known only of engines that made some. */
    private void use() throws IOException {
        JsonNode gateway = Catalogue.yaml(platform.profile()).path("gateway");
        String key = Files.readString(
                Path.of(URI.create(gateway.at("/keys/" + MODELS).asText()).getSchemeSpecificPart()));
        String body = new ObjectMapper()
                .createObjectNode()
                .put("model", MODEL)
                .put("max_tokens", 400)
                .set(
                        "messages",
                        new ObjectMapper()
                                .createArrayNode()
                                .add(new ObjectMapper()
                                        .createObjectNode()
                                        .put("role", "user")
                                        .put("content", "go on")))
                .toString();
        HttpRequest question = HttpRequest.newBuilder(
                        URI.create(gateway.path("url").asText() + "/chat/completions"))
                .header("Authorization", "Bearer " + key.strip())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int round = 0; round < 4; round++) {
                List<CompletableFuture<HttpResponse<String>>> answers = Stream.generate(
                                () -> http.sendAsync(question, HttpResponse.BodyHandlers.ofString()))
                        .limit(6)
                        .toList();
                for (CompletableFuture<HttpResponse<String>> answer : answers) {
                    HttpResponse<String> response =
                            answer.orTimeout(60, TimeUnit.SECONDS).join();
                    if (response.statusCode() != 200) {
                        throw new IOException(response.statusCode() + " " + response.body());
                    }
                }
            }
        }
    }

    private List<Pod> pods() {
        return client.pods().inNamespace(MODELS).withLabel("app", MODEL).list().getItems();
    }

    private void rollOut(PodTemplateSpec template) {
        deployment()
                .edit(found -> new DeploymentBuilder(found)
                        .editSpec()
                        .withTemplate(template)
                        .endSpec()
                        .build());
        deployment().waitUntilCondition(RealEngines::rolledOut, 120, TimeUnit.SECONDS);
        await("only pods of the new template are left")
                .atMost(Duration.ofSeconds(60))
                .until(() -> pods().size() == REPLICAS);
    }

    private static boolean rolledOut(Deployment deployment) {
        return deployment.getStatus().getObservedGeneration()
                        >= deployment.getMetadata().getGeneration()
                && Integer.valueOf(REPLICAS).equals(deployment.getStatus().getUpdatedReplicas())
                && Integer.valueOf(REPLICAS).equals(deployment.getStatus().getReplicas())
                && Integer.valueOf(REPLICAS).equals(deployment.getStatus().getAvailableReplicas());
    }

    private RollableScalableResource<Deployment> deployment() {
        return client.apps().deployments().inNamespace(MODELS).withName(MODEL);
    }

    @Override
    public void close() {
        try (client) {
            rollOut(usual);
        }
    }
}
