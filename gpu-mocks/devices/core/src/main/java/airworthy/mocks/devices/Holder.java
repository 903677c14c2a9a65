package airworthy.mocks.devices;

import java.util.Map;

/**
 * Who uses a device.
 *
 * @param claim name of the ResourceClaim, which is in the pod's namespace
 * @param labels the pod's labels
 */
public record Holder(String namespace, String pod, String container, String claim, Map<String, String> labels) {

    public Holder {
        labels = Map.copyOf(labels);
    }
}
