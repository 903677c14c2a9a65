/**
 * Reads the service that a served model gives: by asking one replica itself, and by the figures that replicas export.
 */
@NullMarked
package airworthy.probes.inference;

import org.jspecify.annotations.NullMarked;
