/**
 * Reads Alertmanager: what it holds, how it routes, and the notifications that it sends to our own webhook.
 */
@NullMarked
package airworthy.probes.alertmanager;

import org.jspecify.annotations.NullMarked;
