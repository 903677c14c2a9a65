/**
 * Writes a platform profile from a live cluster: reads what can be read, asks what looks like a part of the platform, and
 * tells what was seen from what was guessed. Reading and asking is {@code Discovery}; all else is pure.
 */
@NullMarked
package airworthy.probes.discovery;

import org.jspecify.annotations.NullMarked;
