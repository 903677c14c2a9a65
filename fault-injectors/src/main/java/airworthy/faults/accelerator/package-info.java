/** Faults that a pod of ours makes by using the accelerator that a served model uses. */
@NullMarked
package airworthy.faults.accelerator;

import org.jspecify.annotations.NullMarked;
