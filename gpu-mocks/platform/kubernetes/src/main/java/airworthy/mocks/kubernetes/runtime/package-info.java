/** What a pod runs on: the service interface that gives a pod's containers their behaviour. */
@NullMarked
package airworthy.mocks.kubernetes.runtime;

import org.jspecify.annotations.NullMarked;
