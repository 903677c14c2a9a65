/** Writes a scorecard as {@code scorecard.json}, for programs. */
@NullMarked
package airworthy.reports.render.json;

import org.jspecify.annotations.NullMarked;
