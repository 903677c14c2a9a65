/** The installed program as its users meet it: processes, files and exit codes, against a running platform. */
@NullMarked
package airworthy.acceptance;

import org.jspecify.annotations.NullMarked;
