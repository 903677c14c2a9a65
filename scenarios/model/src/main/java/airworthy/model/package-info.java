/**
 * The language of Airworthy: what a scenario is, what a run observed, what a judge said.
 *
 * <p>Records and sealed types only. This package depends on the JDK and JSpecify and on nothing else, reads no clock
 * and does no I/O, so that everything built on it can be replayed from a stored journal.
 */
@NullMarked
package airworthy.model;

import org.jspecify.annotations.NullMarked;
