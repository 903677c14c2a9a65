@NullMarked
package airworthy.accelerator.cuda;

import org.jspecify.annotations.NullMarked;
