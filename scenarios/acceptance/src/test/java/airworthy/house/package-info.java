/** Rules of the house, kept by tests: who may depend on whom, and how code is laid out. */
@NullMarked
package airworthy.house;

import org.jspecify.annotations.NullMarked;
