package airworthy.probes.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a device class asks of a device, as far as it can be told without evaluating CEL: a driver, and attributes that
 * equal a text.
 *
 * @param driver the driver
 * @param attributes texts by attribute name, without the domain
 */
record DeviceSelector(String driver, Map<String, String> attributes) {
    private static final String TEXT = "[\"']([^\"']*)[\"']";
    private static final Pattern DRIVER = Pattern.compile("device\\.driver\\s*==\\s*" + TEXT);
    private static final Pattern ATTRIBUTE =
            Pattern.compile("device\\.attributes\\[" + TEXT + "\\]\\.(\\w+)\\s*==\\s*" + TEXT);

    DeviceSelector {
        attributes = Map.copyOf(attributes);
    }

    /** Reads a class; what it cannot tell is an error, since a guess would count devices that are not to be had. */
    static DeviceSelector of(JsonNode deviceClass) throws NotRead {
        String name = deviceClass.at("/metadata/name").asText();
        String driver = "";
        Map<String, String> attributes = new HashMap<>();
        for (JsonNode selector : deviceClass.at("/spec/selectors")) {
            for (String term : selector.at("/cel/expression").asText().split("&&", -1)) {
                Matcher byDriver = DRIVER.matcher(term.strip());
                Matcher byAttribute = ATTRIBUTE.matcher(term.strip());
                if (byDriver.matches()) {
                    driver = byDriver.group(1);
                } else if (byAttribute.matches()) {
                    attributes.put(byAttribute.group(2), byAttribute.group(3));
                } else {
                    throw NotRead.unreadable("device class " + name + ": free devices cannot be counted, since its"
                            + " selector asks for more than a driver and attributes equal to a text: " + term.strip());
                }
            }
        }
        if (driver.isEmpty()) {
            throw NotRead.unreadable("device class " + name + ": its selectors name no driver");
        }
        return new DeviceSelector(driver, attributes);
    }

    boolean matches(JsonNode device) {
        return attributes.entrySet().stream().allMatch(wanted -> {
            JsonNode own = device.path("attributes").path(wanted.getKey());
            JsonNode value = own.isMissingNode() ? device.path("attributes").path(driver + "/" + wanted.getKey()) : own;
            return value.path("string").asText().equals(wanted.getValue());
        });
    }
}
