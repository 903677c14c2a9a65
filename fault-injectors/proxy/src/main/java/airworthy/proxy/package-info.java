/**
 * A proxy between a Service and a model server, a process of its own on the platform. It passes all bytes as they come, and
 * disturbs the harness's requests as its levers say. Knows no other part of the harness.
 */
@NullMarked
package airworthy.proxy;

import org.jspecify.annotations.NullMarked;
