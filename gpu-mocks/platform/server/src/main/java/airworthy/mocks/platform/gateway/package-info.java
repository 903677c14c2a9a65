/**
 * The one way in for AI traffic: keys, tenants, routes by model, and balancing by what each replica's streams do.
 *
 * <p>It sees only what a real gateway could: requests, ready endpoints and bytes.
 */
@NullMarked
package airworthy.mocks.platform.gateway;

import org.jspecify.annotations.NullMarked;
