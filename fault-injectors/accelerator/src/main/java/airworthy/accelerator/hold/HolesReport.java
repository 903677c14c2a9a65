package airworthy.accelerator.hold;

import java.util.List;

/**
 * What a device's memory was worth before it had holes, with them, and after.
 *
 * @param arenaBytes how much of the device took part; the rest was held in few large pieces
 * @param states in the order of time
 */
public record HolesReport(long arenaBytes, List<State> states) {
    public HolesReport {
        states = List.copyOf(states);
    }

    /**
     * One state.
     *
     * @param name {@code before}, {@code in pieces of N bytes} or {@code after}
     * @param pieces how many pieces are held between the holes
     * @param freeBytes what the driver says is free
     * @param largestBytes the largest piece that it gave; a page more it refused, or more than all is free was not asked for
     * @param tookNs how long the change into this state took
     */
    public record State(String name, int pieces, long freeBytes, long largestBytes, long tookNs) {

        /** How much of what is free can be had in one piece; 1 where holes do not matter, 0 where nothing is free. */
        public double share() {
            return freeBytes == 0 ? 0 : (double) largestBytes / freeBytes;
        }
    }
}
