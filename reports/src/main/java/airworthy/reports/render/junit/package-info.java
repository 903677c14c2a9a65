/** Writes a scorecard as {@code junit.xml}, for pipelines. */
@NullMarked
package airworthy.reports.render.junit;

import org.jspecify.annotations.NullMarked;
