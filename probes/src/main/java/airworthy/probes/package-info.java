/**
 * Read-only views of a platform, each through its own public interface. A probe never changes anything, and tells
 * present, absent and unreadable apart.
 */
@NullMarked
package airworthy.probes;

import org.jspecify.annotations.NullMarked;
