@NullMarked
package airworthy.accelerator.command;

import org.jspecify.annotations.NullMarked;
