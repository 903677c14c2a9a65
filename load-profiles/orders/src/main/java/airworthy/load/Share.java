package airworthy.load;

/**
 * Which of a stream's requests one of several senders sends: every {@code of}-th one, from its own place on. All senders have
 * the same schedule and prompts, so together they send exactly what one would.
 *
 * @param index from 0
 * @param of how many senders there are
 */
public record Share(int index, int of) {

    /** Of a sender that has nobody beside it. */
    public static final Share WHOLE = new Share(0, 1);

    public Share {
        if (of < 1 || index < 0 || index >= of) {
            throw new IllegalArgumentException("share: found %d of %d, expected 0 to %d".formatted(index, of, of - 1));
        }
    }

    /** Whether a request is this sender's, by its place in the schedule. */
    public boolean has(long number) {
        return number % of == index;
    }

    /** How many of so many things are this sender's. */
    public int of(int things) {
        return things / of + (index < things % of ? 1 : 0);
    }
}
