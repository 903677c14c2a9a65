package airworthy.mocks.devices;

/** Is told when what a node publishes has changed; asks {@link Accelerators#slices} for it. */
@FunctionalInterface
public interface SlicesObserver {

    /** Called on the thread that moved the lever, with no lock held; must not block. */
    void slicesChanged();
}
