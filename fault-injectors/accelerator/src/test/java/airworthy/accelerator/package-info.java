/** Against a library that stands in for the driver's: no test here needs a device. */
@NullMarked
package airworthy.accelerator;

import org.jspecify.annotations.NullMarked;
