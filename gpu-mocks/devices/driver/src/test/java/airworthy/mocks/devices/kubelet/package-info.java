@NullMarked
package airworthy.mocks.devices.kubelet;

import org.jspecify.annotations.NullMarked;
