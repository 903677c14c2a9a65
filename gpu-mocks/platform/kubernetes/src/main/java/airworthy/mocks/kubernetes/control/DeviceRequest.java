package airworthy.mocks.kubernetes.control;

import airworthy.mocks.kubernetes.store.ObjectKey;
import airworthy.mocks.kubernetes.store.ObjectStore;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** One request of a claim, resolved: how many devices, and which would do. */
record DeviceRequest(String claim, String name, int count, JsonNode tolerations, Predicate<Device> suitable) {

    /** Reads all requests of a claim with their device classes; no device suits a class that does not exist. */
    static List<DeviceRequest> of(ObjectNode claim, ObjectStore store) throws UnsupportedRequestException {
        JsonNode devices = claim.at("/spec/devices");
        if (!devices.path("constraints").isEmpty()) {
            throw new UnsupportedRequestException("constraints between the requests of a claim");
        }
        List<DeviceRequest> requests = new ArrayList<>();
        for (JsonNode request : devices.path("requests")) {
            requests.add(of(claim.at("/metadata/name").asText(), request, store));
        }
        return requests;
    }

    private static DeviceRequest of(String claim, JsonNode request, ObjectStore store)
            throws UnsupportedRequestException {
        String name = request.path("name").asText();
        JsonNode exactly = request.path("exactly");
        if (exactly.isMissingNode()) {
            throw new UnsupportedRequestException("firstAvailable (request '" + name + "')");
        }
        if (!exactly.path("allocationMode").asText().equals("ExactCount")) {
            throw new UnsupportedRequestException("allocationMode '"
                    + exactly.path("allocationMode").asText() + "' (request '" + name + "'); it knows ExactCount");
        }
        if (exactly.path("adminAccess").asBoolean()) {
            throw new UnsupportedRequestException("adminAccess (request '" + name + "')");
        }
        if (exactly.has("capacity")) {
            throw new UnsupportedRequestException("capacity requests (request '" + name + "')");
        }
        Predicate<Device> suitable = tolerated(exactly.path("tolerations"))
                .and(ofClass(exactly.path("deviceClassName").asText(), store))
                .and(selected(exactly.path("selectors")));
        return new DeviceRequest(claim, name, exactly.path("count").asInt(1), exactly.path("tolerations"), suitable);
    }

    private static Predicate<Device> ofClass(String name, ObjectStore store) throws UnsupportedRequestException {
        Optional<ObjectNode> declared = store.find(new ObjectKey(ResourceKinds.DEVICE_CLASS, "", name));
        return declared.isPresent() ? selected(declared.get().at("/spec/selectors")) : device -> false;
    }

    private static Predicate<Device> selected(JsonNode selectors) throws UnsupportedRequestException {
        Predicate<Device> all = device -> true;
        for (JsonNode selector : selectors) {
            all = all.and(DeviceSelector.parse(selector.at("/cel/expression").asText()));
        }
        return all;
    }

    private static Predicate<Device> tolerated(JsonNode tolerations) {
        return device -> device.published()
                .path("taints")
                .valueStream()
                .allMatch(t -> Taints.harmless(t) || Taints.tolerated(t, tolerations));
    }
}
