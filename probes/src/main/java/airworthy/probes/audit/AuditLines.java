package airworthy.probes.audit;

import airworthy.model.Event.AuditGroup;
import airworthy.model.PlatformProfile.AuditField;
import airworthy.probes.Reading;
import airworthy.probes.http.Page;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Adds up audit records, each a JSON object on a line. A log holds other lines too: what is no JSON object, or has none of
 * the fields that the profile names, is no record.
 *
 * @param fields the name that each part has in a record; {@code a.b} is the part b of the part a
 */
record AuditLines(Map<AuditField, String> fields) {
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Key(String tenant, OptionalInt status, String source) {}

    private record Sum(long records, long prompt, long completion) {
        static final Sum NONE = new Sum(0, 0, 0);

        Sum plus(long morePrompt, long moreCompletion) {
            return new Sum(records + 1, prompt + morePrompt, completion + moreCompletion);
        }
    }

    /**
     * The sums of the records among these lines; unreadable if there are lines and none of them is a record.
     *
     * @param where for the message
     */
    Reading<List<AuditGroup>> sum(List<String> lines, String where) {
        Map<Key, Sum> sums = new LinkedHashMap<>();
        for (String line : lines) {
            JsonNode record = parsed(line);
            if (fields.keySet().stream().anyMatch(field -> !value(record, field).isMissingNode())) {
                Key key = new Key(text(record, AuditField.TENANT), status(record), text(record, AuditField.SOURCE));
                sums.put(
                        key,
                        sums.getOrDefault(key, Sum.NONE)
                                .plus(
                                        number(record, AuditField.PROMPT_TOKENS),
                                        number(record, AuditField.COMPLETION_TOKENS)));
            }
        }
        if (sums.isEmpty() && !lines.isEmpty()) {
            return new Reading.Unreadable<>(
                    where + " holds no audit record: expected a JSON object a line with the fields "
                            + fields.values().stream().sorted().toList() + ", found " + Page.quoted(lines.getLast()));
        }
        return new Reading.Present<>(sums.entrySet().stream()
                .map(each -> new AuditGroup(
                        each.getKey().tenant(),
                        each.getKey().status(),
                        each.getKey().source(),
                        each.getValue().records(),
                        each.getValue().prompt(),
                        each.getValue().completion()))
                .toList());
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return JSON.missingNode(); // some other line
        }
    }

    /** A name that stands in the record as it is comes first: some gateways write names with dots in them. */
    private JsonNode value(JsonNode record, AuditField field) {
        String name = fields.getOrDefault(field, "");
        if (record.has(name)) {
            return record.path(name);
        }
        JsonNode at = record;
        for (String part : name.split("\\.", -1)) {
            at = at.path(part);
        }
        return at;
    }

    private String text(JsonNode record, AuditField field) {
        return value(record, field).asText("");
    }

    private long number(JsonNode record, AuditField field) {
        return value(record, field).asLong();
    }

    private OptionalInt status(JsonNode record) {
        JsonNode status = value(record, AuditField.STATUS);
        int code = status.asInt(); // a number, or one written as text
        return code > 0 ? OptionalInt.of(code) : OptionalInt.empty();
    }
}
