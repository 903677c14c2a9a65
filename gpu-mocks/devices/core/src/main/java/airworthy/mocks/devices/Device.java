package airworthy.mocks.devices;

/** What can be allocated: a whole GPU, or a partition of one. */
public sealed interface Device permits Gpu, MigInstance {

    /** Returns the name in the node's pool. */
    String name();

    String uuid();

    /** Returns the GPU that it is or is cut from. */
    Gpu gpu();

    long memoryBytes();
}
