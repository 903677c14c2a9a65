package airworthy.reports.judge;

import airworthy.model.Scorecard.HurtBeforeTold;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What users went through in one scenario that hurt them. */
sealed interface Hurt {

    /**
     * Somebody was told in the end.
     *
     * @param after from the effect on; zero if the alert was faster than the effect
     * @param requests requests of the target whose promise was broken in that time
     */
    record UntilTold(Duration after, long requests) implements Hurt {}

    /** Nobody was told while the fault was on. */
    record NeverTold() implements Hurt {}

    /** Over all scenarios that hurt users. */
    static HurtBeforeTold sum(List<Hurt> hurts) {
        List<Duration> times = hurts.stream()
                .flatMap(hurt -> switch (hurt) {
                    case UntilTold told -> Stream.of(told.after());
                    case NeverTold never -> Stream.<Duration>empty();
                })
                .sorted()
                .toList();
        long requests = 0;
        int neverTold = 0;
        for (Hurt hurt : hurts) {
            switch (hurt) {
                case UntilTold told -> requests += told.requests();
                case NeverTold never -> neverTold++;
            }
        }
        return times.isEmpty()
                ? new HurtBeforeTold(Optional.empty(), Optional.empty(), requests, neverTold)
                : new HurtBeforeTold(Optional.of(times.getLast()), Optional.of(median(times)), requests, neverTold);
    }

    private static Duration median(List<Duration> sorted) {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : sorted.get(middle - 1).plus(sorted.get(middle)).dividedBy(2);
    }
}
