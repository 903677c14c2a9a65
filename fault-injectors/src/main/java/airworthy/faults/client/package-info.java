/** The {@code client} mechanism: faults that are what the load itself does. Needs nothing of the platform. */
@NullMarked
package airworthy.faults.client;

import org.jspecify.annotations.NullMarked;
