package airworthy.faults.mock;

import airworthy.model.Target;
import airworthy.probes.Reading;
import java.net.URI;

/** Finds where a target's replica answers directly. */
@FunctionalInterface
public interface ReplicaAddress {

    /** The base address without a path, for example {@code http://10.0.0.7:8000}. */
    Reading<URI> of(Target target) throws InterruptedException;
}
