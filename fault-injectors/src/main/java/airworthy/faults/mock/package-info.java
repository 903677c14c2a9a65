/** Faults by way of levers that simulated parts offer over HTTP; a lever changes behaviour only. */
@NullMarked
package airworthy.faults.mock;

import org.jspecify.annotations.NullMarked;
