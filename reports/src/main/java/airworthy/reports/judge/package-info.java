/**
 * Judges a run: journal and load records in, scorecard out.
 *
 * <p>Pure: no clock, no I/O, no randomness. The same history gives the same scorecard, whatever the order of its load
 * records. All types are immutable and safe to share between threads.
 */
@NullMarked
package airworthy.reports.judge;

import org.jspecify.annotations.NullMarked;
