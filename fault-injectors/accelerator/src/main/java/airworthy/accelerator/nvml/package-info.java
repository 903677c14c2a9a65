/** NVML, NVIDIA's management library, as far as it is needed: only what reads. */
@NullMarked
package airworthy.accelerator.nvml;

import org.jspecify.annotations.NullMarked;
