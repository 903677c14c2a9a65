package airworthy.mocks.platform;

import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The keys with which tenants meet the gateway; made anew at each start.
 *
 * @param byTenant tenant to key
 */
public record TenantKeys(SortedMap<String, String> byTenant) {

    /** Makes a key for each tenant. */
    public static TenantKeys make(Collection<String> tenants) {
        SecureRandom random = new SecureRandom();
        SortedMap<String, String> keys = new TreeMap<>();
        for (String tenant : tenants) {
            byte[] bytes = new byte[16];
            random.nextBytes(bytes);
            keys.put(tenant, "sk-sim-" + HexFormat.of().formatHex(bytes));
        }
        return new TenantKeys(keys);
    }

    Map<String, String> tenantsByKey() {
        return byTenant.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
    }
}
