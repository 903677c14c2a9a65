/** Faults by way of a proxy of ours between a Service and the model servers behind it. */
@NullMarked
package airworthy.faults.traffic;

import org.jspecify.annotations.NullMarked;
