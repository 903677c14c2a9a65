package airworthy.assembly;

import airworthy.model.Restoration;
import airworthy.model.Undo;

/**
 * One thing and how putting it back ended.
 *
 * @param undo what was to be done
 * @param restoration how it ended
 */
public record PutBack(Undo undo, Restoration restoration) {}
