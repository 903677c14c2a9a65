/** The platform as its users meet it. */
@NullMarked
package airworthy.mocks.platform;

import org.jspecify.annotations.NullMarked;
