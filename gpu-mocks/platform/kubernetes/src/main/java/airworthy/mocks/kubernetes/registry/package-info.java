/** The one write path: defaults, validation, quota admission, patches and deletion, for HTTP and controllers alike. */
@NullMarked
package airworthy.mocks.kubernetes.registry;

import org.jspecify.annotations.NullMarked;
