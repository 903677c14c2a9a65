package airworthy.format.journal;

import airworthy.model.Event;
import airworthy.model.History;
import airworthy.model.Stamp;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * One journal record as one line of JSON and back:
 * {@code {"v":1,"seq":7,"type":"phase-began","source":"harness","monoNs":..,"wall":"..","errNs":0,"data":{..}}}.
 *
 * <p>Thread-safe.
 */
public final class JournalCodec {
    /** Raised when a reader of the old form would misread the new one. */
    public static final int FORMAT_VERSION = 1;

    private final ObjectMapper mapper = RecordMapper.create();
    private final Map<String, Class<? extends Event>> types = new HashMap<>();

    public JournalCodec() {
        collect(Event.class);
    }

    /** One line, without its line end. */
    public String write(History.Entry entry) {
        ObjectNode line = mapper.createObjectNode();
        line.put("v", FORMAT_VERSION);
        line.put("seq", entry.seq());
        line.put("type", RecordMapper.dashed(entry.event().getClass().getSimpleName()));
        line.put("source", entry.at().source());
        line.put("monoNs", entry.at().monoNs());
        line.put("wall", entry.at().wall().toString());
        line.put("errNs", entry.at().errorNs());
        line.set("data", mapper.valueToTree(entry.event()));
        return line.toString();
    }

    /**
     * Reads one line.
     *
     * @throws JournalDamagedException if it is not a record of this format version
     */
    public History.Entry read(String line) throws JournalDamagedException {
        try {
            JsonNode node = mapper.readTree(line);
            if (node.path("v").asInt() != FORMAT_VERSION) {
                throw new JournalDamagedException(
                        "found format version " + node.path("v") + ", expected " + FORMAT_VERSION);
            }
            String type = node.path("type").asText();
            Class<? extends Event> known = types.get(type);
            if (known == null) {
                throw new JournalDamagedException("found record type \"" + type + "\", expected one of "
                        + types.keySet().stream().sorted().toList());
            }
            Stamp at = new Stamp(
                    node.required("source").asText(),
                    node.required("monoNs").asLong(),
                    Instant.parse(node.required("wall").asText()),
                    node.required("errNs").asLong());
            Event event = mapper.treeToValue(node.required("data"), known);
            return new History.Entry(node.required("seq").asLong(), at, event);
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
            throw new JournalDamagedException("found no journal record: " + e.getMessage(), e);
        }
    }

    private void collect(Class<?> sealedType) {
        for (Class<?> permitted : sealedType.getPermittedSubclasses()) {
            if (permitted.isSealed()) {
                collect(permitted);
            } else {
                types.put(RecordMapper.dashed(permitted.getSimpleName()), permitted.asSubclass(Event.class));
            }
        }
    }
}
