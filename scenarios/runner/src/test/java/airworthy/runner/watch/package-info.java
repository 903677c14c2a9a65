/** Watches held against small servers of the test's own. */
@NullMarked
package airworthy.runner.watch;

import org.jspecify.annotations.NullMarked;
