package airworthy.mocks.kubernetes.control;

/** One loop of the control plane: compares what is with what should be, and writes the difference. */
interface Controller {
    /** Runs once, with the store held; idempotent. */
    void reconcile();
}
