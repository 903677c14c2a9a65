/** Controllers, scheduler and kubelet, reconciling on one thread. */
@NullMarked
package airworthy.mocks.kubernetes.control;

import org.jspecify.annotations.NullMarked;
