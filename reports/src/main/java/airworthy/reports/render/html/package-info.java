/** Writes a scorecard as one self-contained page, for people who read and print. */
@NullMarked
package airworthy.reports.render.html;

import org.jspecify.annotations.NullMarked;
