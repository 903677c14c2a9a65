/**
 * What processes of ours that make faults have in common: levers that are read and set over HTTP, one at a time, and only from where
 * who sets them believes that they stand. Knows no other part of the harness.
 */
@NullMarked
package airworthy.levers;

import org.jspecify.annotations.NullMarked;
