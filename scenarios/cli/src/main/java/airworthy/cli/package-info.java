/** The command line: what a person or a pipeline types, and what they read back. */
@NullMarked
package airworthy.cli;

import org.jspecify.annotations.NullMarked;
