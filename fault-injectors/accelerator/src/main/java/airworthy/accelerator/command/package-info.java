/** The program: a command for each thing that it does, and what all of them have in common. */
@NullMarked
package airworthy.accelerator.command;

import org.jspecify.annotations.NullMarked;
