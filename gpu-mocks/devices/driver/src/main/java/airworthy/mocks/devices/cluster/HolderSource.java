package airworthy.mocks.devices.cluster;

import airworthy.mocks.devices.Holder;
import java.io.IOException;
import java.util.Map;

/** Finds out who holds which device of a node now. */
@FunctionalInterface
public interface HolderSource {

    /** Returns the holders by the devices' names. */
    Map<String, Holder> holders() throws IOException, InterruptedException;
}
