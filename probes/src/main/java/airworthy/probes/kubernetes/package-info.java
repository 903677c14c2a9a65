/**
 * The Kubernetes API as probes and actuators see it: objects as JSON text, answers as sealed types. The client library
 * brings credentials, trust and HTTP, and shows in no public signature.
 */
@NullMarked
package airworthy.probes.kubernetes;

import org.jspecify.annotations.NullMarked;
