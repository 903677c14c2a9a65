@NullMarked
package airworthy.load;

import org.jspecify.annotations.NullMarked;
