/** The AI platform on a real cluster: a Kubernetes node in a container, with real Prometheus and Alertmanager on it. */
@NullMarked
package airworthy.mocks.k3s;

import org.jspecify.annotations.NullMarked;
