package airworthy.mocks.kubernetes.registry;

/** Which part of an object a write may change. */
public enum Part {
    /** Everything but the status, where the status has an address of its own. */
    MAIN,
    /** The status alone. */
    STATUS,
    /** Everything, immutable fields included: for the control plane's own writes. */
    WHOLE
}
