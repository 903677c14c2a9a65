package airworthy.probes.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One limit on the devices of a class that a namespace may claim.
 *
 * @param quota the quota object's name
 * @param deviceClass the class
 * @param hard devices granted
 * @param used devices that the quota counts, once it has counted
 */
record DeviceQuota(String quota, String deviceClass, int hard, OptionalInt used) {
    private static final String KEY = ".deviceclass.resource.k8s.io/devices";

    /** The tightest limit among these quotas, if there is one. */
    static Optional<DeviceQuota> tightest(List<JsonNode> quotas) {
        List<DeviceQuota> limits = new ArrayList<>();
        for (JsonNode quota : quotas) {
            String name = quota.at("/metadata/name").asText();
            JsonNode used = quota.at("/status/used");
            quota.at("/spec/hard").forEachEntry((key, hard) -> {
                if (key.endsWith(KEY)) {
                    String deviceClass = key.substring(0, key.length() - KEY.length());
                    limits.add(new DeviceQuota(
                            name,
                            deviceClass,
                            devices(hard),
                            used.has(key) ? OptionalInt.of(devices(used.get(key))) : OptionalInt.empty()));
                }
            });
        }
        return limits.stream()
                .min(Comparator.comparingInt(DeviceQuota::hard)
                        .thenComparing(DeviceQuota::deviceClass)
                        .thenComparing(DeviceQuota::quota));
    }

    private static int devices(JsonNode quantity) {
        return Quantity.parse(quantity.asText())
                .getNumericalAmount()
                .min(BigDecimal.valueOf(Integer.MAX_VALUE))
                .intValue();
    }
}
