package airworthy.faults.mock;

import airworthy.model.Target;
import airworthy.probes.Reading;
import java.net.URI;

/** Finds where a target's replica answers directly. */
@FunctionalInterface
public interface ReplicaAddress {

    /** The base address, which ends in a slash. */
    Reading<URI> of(Target target) throws InterruptedException;
}
