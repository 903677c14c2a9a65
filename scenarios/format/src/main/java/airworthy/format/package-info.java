/**
 * What people write (scenarios, suites, platform profiles, defects) to and from the language, with every problem of a
 * file told at once and at its place.
 */
@NullMarked
package airworthy.format;

import org.jspecify.annotations.NullMarked;
