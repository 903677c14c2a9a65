/** A device's figures under dcgm-exporter's names, for machines where no DCGM runs. */
@NullMarked
package airworthy.accelerator.exporter;

import org.jspecify.annotations.NullMarked;
