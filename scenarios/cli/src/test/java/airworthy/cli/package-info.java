/** What the command line prints and returns, without any platform. */
@NullMarked
package airworthy.cli;

import org.jspecify.annotations.NullMarked;
