package airworthy.mocks.devices.kubelet;

import java.io.IOException;
import java.util.List;

/** Tells which of this driver's devices a claim was given. */
@FunctionalInterface
public interface Allocations {

    /**
     * Returns the devices in the order of the allocation.
     *
     * @throws IOException when it cannot be read or the claim has no allocation; the message says which
     */
    List<AllocatedDevice> of(ClaimKey claim) throws IOException, InterruptedException;
}
