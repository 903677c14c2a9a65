/** What both simulated servers stand on: located configuration, durations, pacing and a small HTTP server. */
@NullMarked
package airworthy.mocks.monitoring;

import org.jspecify.annotations.NullMarked;
