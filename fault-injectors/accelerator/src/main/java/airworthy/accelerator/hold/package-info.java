/** Faults that a process makes by holding a device's memory or its time, and what memory is worth when it is in pieces. */
@NullMarked
package airworthy.accelerator.hold;

import org.jspecify.annotations.NullMarked;
