package airworthy.mocks.platform;

import java.util.Map;

/** What stands in configuration files as <code>${NAME}</code> because it is known only when a platform starts. */
public record Placeholders(Map<String, String> values) {

    /** Returns the text with every known name filled in. */
    public String fill(String text) {
        String filled = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("${" + value.getKey() + "}", value.getValue());
        }
        return filled;
    }
}
