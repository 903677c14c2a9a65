/**
 * Reads Prometheus through its HTTP API: its intervals, its rules' alerts and the answers to queries.
 */
@NullMarked
package airworthy.probes.prometheus;

import org.jspecify.annotations.NullMarked;
