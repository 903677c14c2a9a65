/**
 * What all renderings of a scorecard share: the first line, the matrix, and how figures are rounded.
 *
 * <p>Rendering is pure: scorecard in, text out, byte for byte the same.
 */
@NullMarked
package airworthy.reports.render;

import org.jspecify.annotations.NullMarked;
