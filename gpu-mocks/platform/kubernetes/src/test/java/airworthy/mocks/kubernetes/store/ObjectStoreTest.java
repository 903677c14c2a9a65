package airworthy.mocks.kubernetes.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ObjectStoreTest {
    private final ObjectStore store = new ObjectStore();
    private final ObjectKey key = new ObjectKey(ResourceKinds.CONFIG_MAP, "default", "a");

    @Test
    void keepsItsObjectsFromThoseWhoReadThem() {
        store.put(key, object()).put("kind", "changed");
        store.find(key).orElseThrow().put("kind", "changed");
        assertThat(store.find(key).orElseThrow().path("kind").asText()).isEqualTo("ConfigMap");
    }

    @Test
    void forgetsChangesBeyondItsHistory() {
        for (int i = 0; i < 5000; i++) {
            store.put(key, object());
        }
        assertThatThrownBy(() -> store.await(1, k -> true, Duration.ZERO))
                .isInstanceOfSatisfying(
                        ApiFailure.class, e -> assertThat(e.code()).isEqualTo(410));
    }

    @Test
    void tellsAWaiterOfTheChangesItAskedFor() throws InterruptedException {
        long before = store.revision();
        store.put(new ObjectKey(ResourceKinds.SECRET, "default", "s"), object());
        store.put(key, object());
        store.remove(key);
        ObjectStore.Changes changes =
                store.await(before, k -> k.kind().equals(ResourceKinds.CONFIG_MAP), Duration.ofSeconds(5));
        assertThat(changes.events())
                .extracting(StoreEvent::type)
                .containsExactly(StoreEvent.Type.ADDED, StoreEvent.Type.DELETED);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode().put("kind", "ConfigMap");
    }
}
