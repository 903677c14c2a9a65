/** Faults by way of the Kubernetes API: objects created, fields set, and both taken back. */
@NullMarked
package airworthy.faults.kubernetes;

import org.jspecify.annotations.NullMarked;
