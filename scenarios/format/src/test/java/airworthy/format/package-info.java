/** Tests of the readers of what people write. */
@NullMarked
package airworthy.format;

import org.jspecify.annotations.NullMarked;
