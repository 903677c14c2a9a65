/** Writes a scorecard as text of at most 100 columns, for people at a terminal. */
@NullMarked
package airworthy.reports.render.terminal;

import org.jspecify.annotations.NullMarked;
