/**
 * The load engine: one Gatling run whose virtual users wait for orders, stream answers and stamp every event.
 *
 * <p>Runs in a JVM of its own. Gatling's Scala interior is touched in {@code GatlingRun} only.
 */
@NullMarked
package airworthy.load.gatling;

import org.jspecify.annotations.NullMarked;
