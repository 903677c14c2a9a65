/**
 * Runs scenarios: plans, records, breaks, proves, heals, watches the return. What it saw is in the journal; what that
 * means is the judge's business.
 */
@NullMarked
package airworthy.runner;

import org.jspecify.annotations.NullMarked;
