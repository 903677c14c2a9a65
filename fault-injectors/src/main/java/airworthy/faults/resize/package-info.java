/** Faults by giving one replica's container less processor time, in place. */
@NullMarked
package airworthy.faults.resize;

import org.jspecify.annotations.NullMarked;
