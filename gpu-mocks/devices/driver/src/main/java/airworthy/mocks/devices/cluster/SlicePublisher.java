package airworthy.mocks.devices.cluster;

import airworthy.mocks.devices.Accelerators;
import airworthy.mocks.devices.SliceContent;
import airworthy.mocks.incluster.Answer;
import airworthy.mocks.incluster.ClusterApi;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings one node's ResourceSlices to what its driver wants published. Not safe for several threads: one
 * {@link PublisherLoop} turns it.
 */
public final class SlicePublisher {

    private static final String SLICES = "/apis/resource.k8s.io/v1/resourceslices";

    private final ClusterApi api;
    private final Accelerators accelerators;

    // What was published last: content by its generation at the source, and the version of each slice at the server.
    private long publishedContent;
    private long publishedGeneration;
    private Map<String, String> publishedVersions = Map.of();

    /** A publisher that has published nothing yet. */
    public SlicePublisher(ClusterApi api, Accelerators accelerators) {
        this.api = api;
        this.accelerators = accelerators;
    }

    /** Returns the node it publishes for. */
    public String node() {
        return accelerators.node();
    }

    /**
     * Looks at what is published and replaces it when it is not what it should be, under a generation above all that were.
     *
     * @return whether something was written
     * @throws IOException when it could not be brought about; to be tried again
     */
    public boolean reconcile() throws IOException, InterruptedException {
        SliceContent content = accelerators.slices();
        Map<String, JsonNode> present = present();
        Map<String, String> versions = new HashMap<>();
        present.forEach((name, slice) -> versions.put(name, version(slice)));
        if (content.generation() == publishedContent && versions.equals(publishedVersions)) {
            return false;
        }
        long generation = publishedGeneration;
        for (JsonNode slice : present.values()) {
            generation = Math.max(generation, slice.at("/spec/pool/generation").asLong());
        }
        generation++;
        JsonNode owner = owner();
        List<ObjectNode> specs = content.specs(generation);
        Map<String, String> written = new HashMap<>();
        for (int i = 0; i < specs.size(); i++) {
            String name = node() + "-" + SliceContent.DRIVER + "-" + i;
            JsonNode answer = write(name, owner, specs.get(i), present.remove(name));
            written.put(name, version(answer));
        }
        for (String stale : present.keySet()) {
            delete(stale);
        }
        publishedContent = content.generation();
        publishedGeneration = generation;
        publishedVersions = written;
        return true;
    }

    /** Returns the generation that was published last; 0 before anything was. */
    public long generation() {
        return publishedGeneration;
    }

    private Map<String, JsonNode> present() throws IOException, InterruptedException {
        String selector = "spec.nodeName%3D" + node() + "%2Cspec.driver%3D" + SliceContent.DRIVER;
        Answer answer = expect(api.get(SLICES + "?fieldSelector=" + selector), "list ResourceSlices of " + node());
        Map<String, JsonNode> present = new HashMap<>();
        for (JsonNode slice : answer.body().path("items")) {
            present.put(slice.at("/metadata/name").asText(), slice);
        }
        return present;
    }

    /** A slice goes with its node. */
    private JsonNode owner() throws IOException, InterruptedException {
        Answer node = expect(api.get("/api/v1/nodes/" + node()), "read node " + node());
        return JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", "v1")
                .put("kind", "Node")
                .put("name", node())
                .put("uid", node.body().at("/metadata/uid").asText())
                .put("controller", true);
    }

    private JsonNode write(String name, JsonNode owner, ObjectNode spec, @Nullable JsonNode present)
            throws IOException, InterruptedException {
        ObjectNode slice = JsonNodeFactory.instance.objectNode();
        slice.put("apiVersion", "resource.k8s.io/v1").put("kind", "ResourceSlice");
        ObjectNode metadata = slice.putObject("metadata").put("name", name);
        metadata.putArray("ownerReferences").add(owner);
        slice.set("spec", spec);
        if (present != null) {
            metadata.put("resourceVersion", version(present));
            Answer put = api.put(SLICES + "/" + name, slice);
            // 422: a field differs that the API lets nobody change.
            if (put.status() != 422) {
                return expect(put, "replace ResourceSlice " + name).body();
            }
            delete(name);
            metadata.remove("resourceVersion");
        }
        return expect(api.post(SLICES, slice), "create ResourceSlice " + name).body();
    }

    private void delete(String name) throws IOException, InterruptedException {
        Answer answer = api.delete(SLICES + "/" + name);
        if (answer.status() != 404) {
            expect(answer, "delete ResourceSlice " + name);
        }
    }

    private static Answer expect(Answer answer, String tried) throws IOException {
        if (!answer.ok()) {
            throw new IOException("%s: the API server answered %s".formatted(tried, answer.told()));
        }
        return answer;
    }

    private static String version(JsonNode slice) {
        return slice.at("/metadata/resourceVersion").asText();
    }
}
