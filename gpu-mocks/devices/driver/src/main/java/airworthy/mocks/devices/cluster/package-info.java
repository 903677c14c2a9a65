/** A DRA driver as the API server sees it: what it publishes, and what it reads to say whose a device is. */
@NullMarked
package airworthy.mocks.devices.cluster;

import org.jspecify.annotations.NullMarked;
