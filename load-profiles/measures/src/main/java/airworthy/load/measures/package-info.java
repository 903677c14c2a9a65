/**
 * What a load client lived through, as figures: distributions, goodput, and whether the client itself is to be trusted.
 */
@NullMarked
package airworthy.load.measures;

import org.jspecify.annotations.NullMarked;
