@NullMarked
package airworthy.accelerator.hold;

import org.jspecify.annotations.NullMarked;
