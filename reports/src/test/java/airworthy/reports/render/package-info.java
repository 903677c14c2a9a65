/** What renderings of hand-made cards must say. */
@NullMarked
package airworthy.reports.render;

import org.jspecify.annotations.NullMarked;
