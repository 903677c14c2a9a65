/** What exporters of accelerators say, asked directly and not by way of Prometheus. */
@NullMarked
package airworthy.probes.exporter;

import org.jspecify.annotations.NullMarked;
