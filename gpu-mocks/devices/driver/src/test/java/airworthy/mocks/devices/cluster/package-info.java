@NullMarked
package airworthy.mocks.devices.cluster;

import org.jspecify.annotations.NullMarked;
