package airworthy.load;

/**
 * The clock of one sender.
 *
 * @param where the sender is, for people
 * @param begun how far it was ahead of ours when the load began; by this its times are told
 * @param ended how far when the load had ended
 */
public record SenderClock(String where, ClockOffset begun, ClockOffset ended) {

    /** How much further ahead it was in the end, in nanoseconds. */
    public long driftNs() {
        return ended.ns() - begun.ns();
    }

    /** At most so far is that off, either way. */
    public long driftErrorNs() {
        return begun.errorNs() + ended.errorNs();
    }
}
