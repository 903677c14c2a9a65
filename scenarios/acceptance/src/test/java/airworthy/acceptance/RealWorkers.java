package airworthy.acceptance;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The namespace of load workers, as {@code load-profiles/pods/access.yaml} makes it, and a login of its service account. */
final class RealWorkers implements AutoCloseable {
    static final String NAMESPACE = "airworthy-load";

    private static final Path ACCESS =
            Path.of(System.getProperty("airworthy.root", "../..")).resolve("load-profiles/pods/access.yaml");

    private final KubernetesClient client;
    private final Path login;

    private RealWorkers(KubernetesClient client, Path login) {
        this.client = client;
        this.login = login;
    }

    static RealWorkers of(Platform platform, Path folder) throws IOException {
        KubernetesClient client = platform.client();
        try (InputStream access = Files.newInputStream(ACCESS)) {
            client.load(access).create();
        }
        String token = client.serviceAccounts()
                .inNamespace(NAMESPACE)
                .withName(NAMESPACE)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(3_600L)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
        String kubeconfig = Files.readString(platform.kubeconfig())
                .replaceFirst("(?m)^( *)client-certificate-data:.*$", "$1token: " + token)
                .replaceFirst("(?m)^ *client-key-data:.*\\R", "");
        return new RealWorkers(client, Files.writeString(folder.resolve("load.kubeconfig"), kubeconfig));
    }

    /** Its kubeconfig. */
    Path login() {
        return login;
    }

    /** The names of the Jobs there are. */
    List<String> jobs() {
        return client.batch().v1().jobs().inNamespace(NAMESPACE).list().getItems().stream()
                .map(HasMetadata::getFullResourceName)
                .toList();
    }

    /** The phase of each pod. */
    SortedMap<String, String> pods() {
        SortedMap<String, String> phases = new TreeMap<>();
        for (Pod pod : client.pods().inNamespace(NAMESPACE).list().getItems()) {
            phases.put(pod.getMetadata().getName(), pod.getStatus().getPhase());
        }
        return phases;
    }

    /** Deletes every Job and waits until its pods are gone. */
    void removeAll() {
        client.batch().v1().jobs().inNamespace(NAMESPACE).delete();
        client.pods()
                .inNamespace(NAMESPACE)
                .informOnCondition(List::isEmpty)
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        client.close();
    }
}
