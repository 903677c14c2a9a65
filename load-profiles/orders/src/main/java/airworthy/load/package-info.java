/**
 * Load as the harness orders it: what to send, when, and the records that come back.
 *
 * <p>The process that sends is another JVM, so that its clock does not feel the harness's garbage collection; this
 * package holds what both sides speak.
 */
@NullMarked
package airworthy.load;

import org.jspecify.annotations.NullMarked;
