/** Tests of the probe of exporters. */
@NullMarked
package airworthy.probes.audit;

import org.jspecify.annotations.NullMarked;
