@NullMarked
package airworthy.accelerator.exporter;

import org.jspecify.annotations.NullMarked;
