/** The CUDA driver API, as far as faults need it: memory, and one kernel at a time. */
@NullMarked
package airworthy.accelerator.cuda;

import org.jspecify.annotations.NullMarked;
