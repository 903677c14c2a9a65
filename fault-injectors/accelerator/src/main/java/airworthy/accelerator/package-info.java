/**
 * What the accelerator mechanism does on the machine that has the accelerator: faults that a process makes by using one, and
 * an exporter. A program of its own; knows no other part of the harness.
 *
 * <p>Everything that it takes from a device belongs to its process, so the driver gives it back when the process ends, however
 * it ends. It changes no setting of a device and provokes no error of one.
 */
@NullMarked
package airworthy.accelerator;

import org.jspecify.annotations.NullMarked;
