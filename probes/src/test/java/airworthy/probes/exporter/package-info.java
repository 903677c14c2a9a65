/** Tests of the probe of exporters. */
@NullMarked
package airworthy.probes.exporter;

import org.jspecify.annotations.NullMarked;
