/** Divides the durations in the monitoring configuration files, and changes no other byte of them. */
@NullMarked
package airworthy.mocks.timescale;

import org.jspecify.annotations.NullMarked;
