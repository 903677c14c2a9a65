package airworthy.load.gatling;

import airworthy.load.Schedule;
import airworthy.load.Share;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.Queue;

/** When the requests of one stream are due. Not thread-safe: its stream guards it. */
sealed interface Timing {

    /**
     * A request that is due.
     *
     * @param number its place in the schedule, from 0
     * @param atNs when, in monotonic nanoseconds; a user that waits from then on waits for this client
     */
    record Due(long number, long atNs) {}

    /** The next one; empty if none is before a request ends, or ever. */
    Optional<Due> next();

    /** The next one was sent or skipped. */
    void fired();

    /** A request ended. */
    void ended(long atNs);

    /** Whether no request will follow, whatever ends. */
    boolean over();

    /** Whether one that finds no user free waits for one: somebody was just answered and is on the way back. */
    boolean patient();

    /** By a schedule, whatever becomes of requests. */
    final class Planned implements Timing {
        private final long firstNs;
        private final PrimitiveIterator.OfLong offsets;
        private final Share share;
        private long numbers;
        private Optional<Due> next = Optional.empty();

        Planned(long firstNs, Schedule schedule, Share share) {
            this.firstNs = firstNs;
            this.offsets = schedule.offsetsNs();
            this.share = share;
            fired();
        }

        @Override
        public Optional<Due> next() {
            return next;
        }

        @Override
        public void fired() {
            next = Optional.empty();
            while (next.isEmpty() && offsets.hasNext()) {
                long atNs = firstNs + offsets.nextLong();
                long number = numbers++;
                if (share.has(number)) {
                    next = Optional.of(new Due(number, atNs));
                }
            }
        }

        @Override
        public void ended(long atNs) {
            // nobody waits for it
        }

        @Override
        public boolean over() {
            return next.isEmpty();
        }

        @Override
        public boolean patient() {
            return false;
        }
    }

    /** By users, each of whom asks again as soon as it was answered. */
    final class Closed implements Timing {
        private final Share share;
        private final Queue<Long> freeSince = new ArrayDeque<>();
        private long fired;

        Closed(long firstNs, int users, Share share) {
            this.share = share;
            for (int user = 0; user < users; user++) {
                freeSince.add(firstNs);
            }
        }

        @Override
        public Optional<Due> next() {
            return Optional.ofNullable(freeSince.peek())
                    .map(since -> new Due(fired * share.of() + share.index(), since));
        }

        @Override
        public void fired() {
            freeSince.remove();
            fired++;
        }

        @Override
        public void ended(long atNs) {
            freeSince.add(atNs);
        }

        @Override
        public boolean over() {
            return false;
        }

        @Override
        public boolean patient() {
            return true;
        }
    }
}
