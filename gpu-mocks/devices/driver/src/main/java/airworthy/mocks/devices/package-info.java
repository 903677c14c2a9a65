/** A DRA driver of fake accelerators, as a process. */
@NullMarked
package airworthy.mocks.devices;

import org.jspecify.annotations.NullMarked;
