package airworthy.mocks.inference;

/** The allocator found no block for what a request needs. */
final class OutOfMemory extends Exception {

    private static final long serialVersionUID = 1L;

    OutOfMemory(String words) {
        super(words);
    }

    /** Returns the allocator's words, which are always there. */
    String text() {
        return String.valueOf(getMessage());
    }
}
