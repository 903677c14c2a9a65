@NullMarked
package airworthy.accelerator.nvml;

import org.jspecify.annotations.NullMarked;
