/** Who may do what: users by their tokens, and what roles grant them. */
@NullMarked
package airworthy.mocks.kubernetes.access;

import org.jspecify.annotations.NullMarked;
