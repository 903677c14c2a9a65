/** What a client of the model server may rely on. */
@NullMarked
package airworthy.mocks.inference;

import org.jspecify.annotations.NullMarked;
