package airworthy.format.journal;

import airworthy.model.Undo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/**
 * A list of undos as one JSON text, for keeping them elsewhere than in the journal. It names no scenario.
 *
 * <p>Thread-safe.
 */
public final class UndoText {
    private static final TypeReference<List<Undo>> LIST = new TypeReference<>() {};

    private final ObjectMapper mapper = RecordMapper.create();

    /** One line. */
    public String write(List<Undo> undos) {
        try {
            return mapper.writerFor(LIST).writeValueAsString(undos);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("undos are plain data and can be written", e);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws JournalDamagedException if it is something else
     */
    public List<Undo> read(String text) throws JournalDamagedException {
        try {
            return List.copyOf(mapper.readValue(text, LIST));
        } catch (JsonProcessingException e) {
            throw new JournalDamagedException("found no list of undos: " + e.getOriginalMessage(), e);
        }
    }
}
