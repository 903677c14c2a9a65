package airworthy.proxy;

/** How an answer ended. */
enum Ending {
    /** In good order, as the model server ended it. */
    COMPLETE("complete"),
    /** The client left. */
    CLIENT_GONE("client-gone"),
    /** The model server's connection ended within the answer, and so did the client's. */
    UPSTREAM_CUT("upstream-cut"),
    /** We ended it: an error in place of the answer, or none. */
    OURS("ours");

    private final String word;

    Ending(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
