/** What tenants may rely on, and what a slow replica may not do to them. */
@NullMarked
package airworthy.mocks.platform.gateway;

import org.jspecify.annotations.NullMarked;
