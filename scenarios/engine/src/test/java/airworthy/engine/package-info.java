/** Discovery, and what is told where no assessment can begin. */
@NullMarked
package airworthy.engine;

import org.jspecify.annotations.NullMarked;
