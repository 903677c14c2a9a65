package airworthy.faults.mock;

import airworthy.model.Target;
import airworthy.probes.Reading;
import java.net.URI;

/** Finds where the driver of a target's simulated device answers. */
@FunctionalInterface
public interface DriverAddress {

    /** The base address, which ends in a slash. */
    Reading<URI> of(Target target) throws InterruptedException;
}
