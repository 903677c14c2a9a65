/** A subset of PromQL: text to a sealed tree, and the tree to values over any {@link airworthy.mocks.promql.SeriesStore}. */
@NullMarked
package airworthy.mocks.promql;

import org.jspecify.annotations.NullMarked;
