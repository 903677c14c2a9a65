/**
 * Looks for each part of a platform that scenarios need, before anything is changed.
 */
@NullMarked
package airworthy.probes.survey;

import org.jspecify.annotations.NullMarked;
