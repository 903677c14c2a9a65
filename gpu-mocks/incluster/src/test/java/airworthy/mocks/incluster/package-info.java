@NullMarked
package airworthy.mocks.incluster;

import org.jspecify.annotations.NullMarked;
