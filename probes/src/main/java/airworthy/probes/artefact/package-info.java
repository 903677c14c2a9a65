/** What a proxy of ours before a model store tells of the artefacts that were fetched through it. */
@NullMarked
package airworthy.probes.artefact;

import org.jspecify.annotations.NullMarked;
