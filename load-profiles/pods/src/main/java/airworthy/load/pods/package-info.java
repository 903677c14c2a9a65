/**
 * Load workers in a cluster: the Job that runs them, how its pods stand, and the other end of the pipe to each. What goes
 * over the pipe is {@link airworthy.load}'s.
 */
@NullMarked
package airworthy.load.pods;

import org.jspecify.annotations.NullMarked;
