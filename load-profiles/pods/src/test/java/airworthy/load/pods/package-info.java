@NullMarked
package airworthy.load.pods;

import org.jspecify.annotations.NullMarked;
