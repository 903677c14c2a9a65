/** Wiring that needs no process and no platform. */
@NullMarked
package airworthy.assembly;

import org.jspecify.annotations.NullMarked;
