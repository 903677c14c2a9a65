/** The Kubernetes API as a pod sees it: plain HTTP and JSON, for mocks that run inside a real cluster. */
@NullMarked
package airworthy.mocks.incluster;

import org.jspecify.annotations.NullMarked;
