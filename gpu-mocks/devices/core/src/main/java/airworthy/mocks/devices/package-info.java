/**
 * The accelerators of a node as a driver and an exporter see them, with levers that change how the hardware behaves.
 *
 * <p>A lever moves hardware only: a device falls off the bus, raises an XID, loses memory to somebody. Taints, health and
 * series follow from what the driver's health watch and the exporter make of it.
 */
@NullMarked
package airworthy.mocks.devices;

import org.jspecify.annotations.NullMarked;
