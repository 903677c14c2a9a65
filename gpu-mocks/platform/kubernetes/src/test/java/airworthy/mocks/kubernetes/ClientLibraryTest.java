package airworthy.mocks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The API as a client library of the outside world meets it. */
class ClientLibraryTest {

    @Test
    void createsReadsChangesAndDeletesFromTheKubeconfig() throws IOException {
        try (TestCluster cluster = TestCluster.with("");
                KubernetesClient client = client(Config.fromKubeconfig(cluster.cluster.kubeconfig()))) {
            assertThat(client.getKubernetesVersion().getGitVersion()).contains("simulated");

            client.configMaps().resource(configMap("a")).create();
            assertThat(client.configMaps()
                            .inNamespace("default")
                            .withName("limits")
                            .get()
                            .getData())
                    .containsEntry("value", "a");

            client.configMaps()
                    .inNamespace("default")
                    .withName("limits")
                    .edit(c -> new ConfigMapBuilder(c).addToData("value", "b").build());
            assertThat(client.configMaps().inNamespace("default").list().getItems())
                    .singleElement()
                    .satisfies(c -> assertThat(c.getData()).containsEntry("value", "b"));

            client.configMaps().inNamespace("default").withName("limits").delete();
            assertThat(client.configMaps()
                            .inNamespace("default")
                            .withName("limits")
                            .get())
                    .isNull();
        }
    }

    @Test
    void watchesChanges() throws IOException, InterruptedException {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        try (TestCluster cluster = TestCluster.with("");
                KubernetesClient client = client(Config.fromKubeconfig(cluster.cluster.kubeconfig()));
                Watch watch = client.configMaps().inNamespace("default").watch(into(seen))) {
            client.configMaps().resource(configMap("a")).create();
            assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("ADDED limits");
            client.configMaps().resource(configMap("a")).delete();
            assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("DELETED limits");
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void refusesASecondWriterOfTheSameVersion() throws IOException {
        try (TestCluster cluster = TestCluster.with("");
                KubernetesClient client = client(Config.fromKubeconfig(cluster.cluster.kubeconfig()))) {
            ConfigMap first = client.configMaps().resource(configMap("a")).create();
            client.configMaps()
                    .inNamespace("default")
                    .withName("limits")
                    .edit(c -> new ConfigMapBuilder(c).addToData("value", "b").build());
            assertThatThrownBy(() -> client.configMaps().resource(first).update())
                    .isInstanceOfSatisfying(
                            KubernetesClientException.class,
                            e -> assertThat(e.getCode()).isEqualTo(409));
        }
    }

    @Test
    void refusesAWrongToken() throws IOException {
        try (TestCluster cluster = TestCluster.with("");
                KubernetesClient client = client(new ConfigBuilder(Config.empty())
                        .withMasterUrl(cluster.cluster.uri().toString())
                        .withOauthToken("wrong")
                        .build())) {
            assertThatThrownBy(() -> client.pods().inAnyNamespace().list())
                    .isInstanceOfSatisfying(
                            KubernetesClientException.class,
                            e -> assertThat(e.getCode()).isEqualTo(401));
        }
    }

    @Test
    void listsResourceSlicesOfTheInventory() throws IOException {
        try (TestCluster cluster = TestCluster.with("");
                KubernetesClient client = client(Config.fromKubeconfig(cluster.cluster.kubeconfig()))) {
            assertThat(client.genericKubernetesResources("resource.k8s.io/v1", "ResourceSlice")
                            .list()
                            .getItems())
                    .singleElement()
                    .satisfies(s -> assertThat(s.<String>get("spec", "devices", 3, "name"))
                            .isEqualTo("gpu-3"));
        }
    }

    private static KubernetesClient client(Config config) {
        config.setRequestRetryBackoffLimit(0);
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private static ConfigMap configMap(String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("limits")
                .withNamespace("default")
                .endMetadata()
                .addToData("value", value)
                .build();
    }

    private static Watcher<ConfigMap> into(BlockingQueue<String> seen) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, ConfigMap resource) {
                seen.add(action + " " + resource.getMetadata().getName());
            }

            @Override
            public void onClose(WatcherException cause) {
                seen.add("closed " + cause);
            }
        };
    }
}
