/**
 * HTTP reads, bounded in time and size. What the JDK's client throws is told here, once, as what was asked and what came
 * in place of an answer.
 */
@NullMarked
package airworthy.probes.http;

import org.jspecify.annotations.NullMarked;
