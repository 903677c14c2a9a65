/** Runs rehearsed on a platform of levers in memory. */
@NullMarked
package airworthy.runner;

import org.jspecify.annotations.NullMarked;
