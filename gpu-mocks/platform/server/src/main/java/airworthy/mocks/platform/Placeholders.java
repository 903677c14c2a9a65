package airworthy.mocks.platform;

import java.util.Map;

/** What stands in configuration files as <code>${NAME}</code> because it is known only when a platform starts. */
record Placeholders(Map<String, String> values) {

    String fill(String text) {
        String filled = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("${" + value.getKey() + "}", value.getValue());
        }
        return filled;
    }
}
