/** Hand-written histories and what must be said of them. */
@NullMarked
package airworthy.reports.judge;

import org.jspecify.annotations.NullMarked;
