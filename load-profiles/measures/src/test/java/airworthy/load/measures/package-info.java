@NullMarked
package airworthy.load.measures;

import org.jspecify.annotations.NullMarked;
