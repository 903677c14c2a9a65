/** What the drivers of accelerators say of themselves. */
@NullMarked
package airworthy.probes.driver;

import org.jspecify.annotations.NullMarked;
