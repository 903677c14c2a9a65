package airworthy.load.pods;

/**
 * A load worker that runs.
 *
 * @param index its place in the Job, from 0
 * @param pod its pod's name
 * @param node where that is
 */
record Worker(int index, String pod, String node) {

    /** For people. */
    String where() {
        return "pod " + pod + " on node " + node;
    }
}
