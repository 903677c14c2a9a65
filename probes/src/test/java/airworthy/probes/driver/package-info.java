@NullMarked
package airworthy.probes.driver;

import org.jspecify.annotations.NullMarked;
