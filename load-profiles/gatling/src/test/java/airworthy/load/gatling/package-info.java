@NullMarked
package airworthy.load.gatling;

import org.jspecify.annotations.NullMarked;
