/** How each kind of fault is seen to hold, by paths that are not the detector. */
@NullMarked
package airworthy.runner.watch;

import org.jspecify.annotations.NullMarked;
