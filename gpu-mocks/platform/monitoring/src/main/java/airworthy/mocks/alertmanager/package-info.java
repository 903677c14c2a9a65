/** A simulated Alertmanager: routes, groups, inhibits, silences and delivers alerts by webhook, and answers the v2 HTTP API. */
@NullMarked
package airworthy.mocks.alertmanager;

import org.jspecify.annotations.NullMarked;
