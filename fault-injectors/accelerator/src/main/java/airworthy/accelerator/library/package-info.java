/** Shared libraries by the foreign-function API: found or not, old or not, and what their calls return. */
@NullMarked
package airworthy.accelerator.library;

import org.jspecify.annotations.NullMarked;
