/** Kubernetes objects in memory: kinds as data, revisions, history for watches, failures as Status objects. */
@NullMarked
package airworthy.mocks.kubernetes.store;

import org.jspecify.annotations.NullMarked;
