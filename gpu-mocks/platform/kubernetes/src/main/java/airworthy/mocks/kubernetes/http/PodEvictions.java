package airworthy.mocks.kubernetes.http;

import airworthy.mocks.kubernetes.registry.DeleteOptions;
import airworthy.mocks.kubernetes.registry.WriteMode;
import airworthy.mocks.kubernetes.store.ObjectKey;

/** Who does what {@code pods/eviction} asks for; a refusal is thrown. */
@FunctionalInterface
public interface PodEvictions {
    void evict(ObjectKey pod, DeleteOptions options, WriteMode mode);
}
