/** Small servers and sinks that the tests of the probes share. */
@NullMarked
package airworthy.probes.stub;

import org.jspecify.annotations.NullMarked;
