/** Tests of the suite that is shipped. */
@NullMarked
package airworthy.catalogue;

import org.jspecify.annotations.NullMarked;
