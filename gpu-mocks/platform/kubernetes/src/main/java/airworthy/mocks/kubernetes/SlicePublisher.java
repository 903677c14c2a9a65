package airworthy.mocks.kubernetes;

import airworthy.mocks.devices.Accelerators;
import airworthy.mocks.devices.SliceContent;
import airworthy.mocks.kubernetes.registry.Part;
import airworthy.mocks.kubernetes.registry.Registry;
import airworthy.mocks.kubernetes.registry.WriteMode;
import airworthy.mocks.kubernetes.store.Names;
import airworthy.mocks.kubernetes.store.ObjectKey;
import airworthy.mocks.kubernetes.store.ObjectStore;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Writes what a driver publishes, through the same admission as writes over HTTP. Thread-safe. */
final class SlicePublisher {
    private final ObjectStore store;
    private final Registry registry;
    private final Names names;

    SlicePublisher(ObjectStore store, Registry registry, Names names) {
        this.store = store;
        this.registry = registry;
        this.names = names;
    }

    /** Brings the slices of a node to what its driver publishes now. A slice goes with its node. */
    void publish(Accelerators accelerators) {
        // With the store held, so that what is older never comes later.
        store.atomically(() -> {
            List<ObjectNode> specs = accelerators.slices().specs();
            for (int i = 0; i < specs.size(); i++) {
                write(accelerators.node(), i, specs.get(i));
            }
            return specs;
        });
    }

    private void write(String node, int index, ObjectNode spec) {
        String base = node + "-" + SliceContent.DRIVER + "-";
        ObjectKey key = new ObjectKey(ResourceKinds.RESOURCE_SLICE, "", base + names.suffix(base + index));
        if (store.find(key).isPresent()) {
            registry.modify(key, Part.MAIN, WriteMode.COMMIT, slice -> slice.set("spec", spec));
            return;
        }
        ObjectNode slice = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = slice.putObject("metadata").put("name", key.name());
        ObjectNode owner = metadata.putArray("ownerReferences").addObject();
        owner.put("apiVersion", "v1").put("kind", "Node").put("name", node).put("controller", true);
        store.find(new ObjectKey(ResourceKinds.NODE, "", node))
                .ifPresent(found -> owner.set("uid", found.at("/metadata/uid")));
        slice.set("spec", spec);
        registry.create(ResourceKinds.RESOURCE_SLICE, "", slice, WriteMode.COMMIT);
    }
}
