@NullMarked
package airworthy.proxy;

import org.jspecify.annotations.NullMarked;
