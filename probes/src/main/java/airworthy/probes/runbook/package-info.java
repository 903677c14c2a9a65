/**
 * Reads the pages that alerts point to.
 */
@NullMarked
package airworthy.probes.runbook;

import org.jspecify.annotations.NullMarked;
