package airworthy.mocks.devices.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import airworthy.mocks.devices.Accelerators;
import airworthy.mocks.devices.Fixtures;
import airworthy.mocks.incluster.ClusterApi;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlicePublisherTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String NAME = "gpu-1-gpu.nvidia.com-0";

    private final FakeApi api;
    private final ClusterApi client;
    private final Accelerators node = Fixtures.fourGpus();
    private final SlicePublisher publisher;

    SlicePublisherTest() throws IOException {
        api = new FakeApi();
        client = api.client();
        publisher = new SlicePublisher(client, node);
    }

    @AfterEach
    void stop() {
        client.close();
        api.close();
    }

    @Test
    void publishesASliceThatGoesWithItsNode() throws Exception {
        assertThat(publisher.reconcile()).isTrue();

        ObjectNode slice = published();
        assertThat(slice.at("/metadata/name").asText()).isEqualTo(NAME);
        assertThat(slice.at("/metadata/ownerReferences"))
                .hasToString(
                        "[{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"name\":\"gpu-1\",\"uid\":\"node-uid\",\"controller\":true}]");
        assertThat(slice.path("spec"))
                .hasToString(node.slices().specs().getFirst().toString());
    }

    @Test
    void writesNothingWhileNothingChanged() throws Exception {
        publisher.reconcile();
        assertThat(publisher.reconcile()).isFalse();

        assertThat(api.writes()).hasSize(1);
    }

    @Test
    void replacesTheSliceUnderTheNextGeneration() throws Exception {
        publisher.reconcile();
        Fixtures.pull(node, "gpu-3.lost", 1);

        assertThat(publisher.reconcile()).isTrue();

        assertThat(published().at("/spec/pool/generation").asInt()).isEqualTo(2);
        assertThat(published().at("/spec/devices/3/taints/0/key").asText()).isEqualTo("gpu.nvidia.com/gpu-lost");
        assertThat(api.writes().getLast()).isEqualTo("PUT /apis/resource.k8s.io/v1/resourceslices/" + NAME);
    }

    @Test
    void aDeletedSliceComesBackUnderAHigherGeneration() throws Exception {
        publisher.reconcile();
        api.meddle(NAME, null);

        assertThat(publisher.reconcile()).isTrue();

        assertThat(published().at("/spec/pool/generation").asInt()).isEqualTo(2);
    }

    @Test
    void aSliceThatSomebodyChangedIsPutRight() throws Exception {
        publisher.reconcile();
        ObjectNode meddled = published();
        ((ObjectNode) meddled.path("spec")).putArray("devices");
        api.meddle(NAME, meddled);

        assertThat(publisher.reconcile()).isTrue();

        assertThat(published().at("/spec/devices")).hasSize(4);
    }

    @Test
    void anotherProcessGoesOnAboveWhatIsPublished() throws Exception {
        publisher.reconcile();
        Fixtures.pull(node, "gpu-3.lost", 1);
        publisher.reconcile();

        assertThat(new SlicePublisher(client, Fixtures.fourGpus()).reconcile()).isTrue();

        assertThat(published().at("/spec/pool/generation").asInt()).isEqualTo(3);
        assertThat(published().at("/spec/devices/3").has("taints")).isFalse();
    }

    @Test
    void aSliceWithAnotherImmutableFieldIsMadeAnew() throws Exception {
        ObjectNode other = FakeApi.json("""
            {"metadata": {"name": "%s"}, "spec": {"driver": "gpu.nvidia.com", "nodeName": "gpu-1",
             "pool": {"name": "other", "generation": 6, "resourceSliceCount": 1}}}\
            """.formatted(NAME));
        api.meddle(NAME, other);

        publisher.reconcile();

        assertThat(published().at("/spec/pool"))
                .hasToString("{\"name\":\"gpu-1\",\"generation\":7,\"resourceSliceCount\":1}");
    }

    @Test
    void slicesOfTheDriverThatAreNotWantedGo() throws Exception {
        publisher.reconcile();
        ObjectNode stale = published();
        ((ObjectNode) stale.path("metadata")).put("name", "gpu-1-gpu.nvidia.com-x7d2k");
        api.meddle("gpu-1-gpu.nvidia.com-x7d2k", stale);

        publisher.reconcile();

        assertThat(published().at("/metadata/name").asText()).isEqualTo(NAME);
    }

    @Test
    void tellsWhatTheServerSaid() {
        api.down(true);

        assertThatThrownBy(publisher::reconcile)
                .isInstanceOf(IOException.class)
                .hasMessage("list ResourceSlices of gpu-1: the API server answered 500 etcd is down");
    }

    @Test
    void theLoopPublishesEachChangeAndHealsDriftAndTellsTroubleOnce() {
        List<String> log = new CopyOnWriteArrayList<>();
        try (PublisherLoop loop = new PublisherLoop(client, node, log::add)) {
            assertThat(loop).isNotNull();
            await().atMost(PATIENCE).until(() -> api.slices().size() == 1);
            Fixtures.pull(node, "gpu-2.xid", 48);
            await().atMost(PATIENCE)
                    .until(
                            () -> published()
                                    .at("/spec/devices/2/taints/0/value")
                                    .asText(),
                            "48"::equals);

            api.meddle(NAME, null);
            await().atMost(PATIENCE).until(() -> api.slices().size() == 1);

            api.down(true);
            await().atMost(PATIENCE).until(() -> log.getLast().contains("etcd is down; trying again"));
            api.down(false);
            await().atMost(PATIENCE).until(() -> log.getLast().equals("ResourceSlices of gpu-1: works again"));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(log)
                .containsExactly(
                        "published the devices of gpu-1, generation 1",
                        "published the devices of gpu-1, generation 2",
                        "published the devices of gpu-1, generation 3",
                        "ResourceSlices of gpu-1: list ResourceSlices of gpu-1: the API server answered 500 etcd is"
                                + " down; trying again",
                        "ResourceSlices of gpu-1: works again");
    }

    private ObjectNode published() {
        assertThat(api.slices()).hasSize(1);
        return api.slices().getFirst();
    }
}
