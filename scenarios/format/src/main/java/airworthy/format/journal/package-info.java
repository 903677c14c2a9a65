/** The journal on disk: one JSON object a line, appended, flushed where undo depends on it, read back whole. */
@NullMarked
package airworthy.format.journal;

import org.jspecify.annotations.NullMarked;
