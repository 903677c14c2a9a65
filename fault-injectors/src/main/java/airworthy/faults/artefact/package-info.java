/** Faults of what a model server downloads: a copy of the workload fetches its model through a proxy of ours. */
@NullMarked
package airworthy.faults.artefact;

import org.jspecify.annotations.NullMarked;
