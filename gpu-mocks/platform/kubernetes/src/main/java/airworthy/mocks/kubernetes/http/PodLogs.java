package airworthy.mocks.kubernetes.http;

import airworthy.mocks.kubernetes.store.ObjectKey;
import java.util.Optional;

/** Where the text of {@code pods/log} comes from; empty where the pod has not started. */
@FunctionalInterface
public interface PodLogs {
    Optional<String> of(ObjectKey pod);
}
