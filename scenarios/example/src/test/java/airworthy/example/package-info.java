/** What a platform team writes to run scenarios in a build of its own. */
@NullMarked
package airworthy.example;

import org.jspecify.annotations.NullMarked;
