/** A simulated Prometheus: scrapes over HTTP, keeps series in memory, evaluates rules and answers Prometheus's HTTP API. */
@NullMarked
package airworthy.mocks.prometheus;

import org.jspecify.annotations.NullMarked;
