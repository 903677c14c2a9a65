/** A simulated Kubernetes control plane with devices: what starts it and what can be read from it. */
@NullMarked
package airworthy.mocks.kubernetes;

import org.jspecify.annotations.NullMarked;
