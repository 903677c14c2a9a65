@NullMarked
package airworthy.mocks.devices;

import org.jspecify.annotations.NullMarked;
