/**
 * Scenarios as tests of the JUnit Platform: selected by directory, file, class-path resource, unique id or tag, locked
 * against each other, run in parallel.
 */
@NullMarked
package airworthy.engine;

import org.jspecify.annotations.NullMarked;
