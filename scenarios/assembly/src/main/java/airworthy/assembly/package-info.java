/**
 * The one place where parts are wired, and where load and platform JVMs are started from an installation.
 */
@NullMarked
package airworthy.assembly;

import org.jspecify.annotations.NullMarked;
