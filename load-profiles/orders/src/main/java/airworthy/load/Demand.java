package airworthy.load;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How much is asked of a service. Immutable. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Demand.Steady.class, name = "steady"),
    @JsonSubTypes.Type(value = Demand.Ramp.class, name = "ramp"),
    @JsonSubTypes.Type(value = Demand.Steps.class, name = "steps"),
    @JsonSubTypes.Type(value = Demand.Concurrency.class, name = "concurrency"),
    @JsonSubTypes.Type(value = Demand.Replay.class, name = "replay")
})
public sealed interface Demand {

    /** For people, for example {@code 20/s}. */
    String words();

    /** Open: requests come at a rate, whatever becomes of those before. How they are spread is for the load profile. */
    sealed interface Rate extends Demand {
        /**
         * When so many requests have been due on average: the inverse of the integral of the rate.
         *
         * @param requests zero or more
         * @return seconds from the stream's start
         */
        double secondsUntil(double requests);
    }

    /**
     * The same rate all the time.
     *
     * @param perSecond above zero
     */
    record Steady(double perSecond) implements Rate {
        public Steady {
            positive(perSecond);
        }

        @Override
        public double secondsUntil(double requests) {
            return requests / perSecond;
        }

        @Override
        public String words() {
            return number(perSecond) + "/s";
        }
    }

    /**
     * A rate that goes straight from one value to another, and stays there.
     *
     * @param from per second, zero or more
     * @param to per second, above zero
     * @param over how long that takes
     */
    record Ramp(double from, double to, Duration over) implements Rate {
        public Ramp {
            positive(to);
            if (!(from >= 0) || over.isNegative() || over.isZero()) {
                throw new IllegalArgumentException(
                        "ramp: found %s/s over %s, expected zero or more over some time".formatted(from, over));
            }
        }

        /** Solves from t + (to - from) / (2 over) t^2 = requests, in the form that does not cancel. */
        @Override
        public double secondsUntil(double requests) {
            double seconds = over.toNanos() / Schedule.NANOS_PER_SECOND;
            double whole = (from + to) / 2 * seconds;
            if (requests >= whole) {
                return seconds + (requests - whole) / to;
            }
            double slope = (to - from) / seconds;
            return requests == 0 ? 0 : 2 * requests / (from + Math.sqrt(from * from + 2 * slope * requests));
        }

        @Override
        public String words() {
            return "%s/s to %s/s over %d s".formatted(number(from), number(to), over.toSeconds());
        }
    }

    /**
     * One rate after the other; the last one stays.
     *
     * @param perSecond each above zero
     * @param each how long one lasts
     */
    record Steps(List<Double> perSecond, Duration each) implements Rate {
        public Steps {
            perSecond = List.copyOf(perSecond);
            perSecond.forEach(Demand::positive);
            if (perSecond.isEmpty() || each.isNegative() || each.isZero()) {
                throw new IllegalArgumentException("steps: expected a rate or more, each for some time");
            }
        }

        @Override
        public double secondsUntil(double requests) {
            double seconds = each.toNanos() / Schedule.NANOS_PER_SECOND;
            double left = requests;
            double begun = 0;
            for (double rate : perSecond.subList(0, perSecond.size() - 1)) {
                if (left < rate * seconds) {
                    return begun + left / rate;
                }
                left -= rate * seconds;
                begun += seconds;
            }
            return begun + left / perSecond.getLast();
        }

        @Override
        public String words() {
            return "%s/s, %d s each"
                    .formatted(
                            perSecond.stream().map(Demand::number).collect(Collectors.joining(", ")), each.toSeconds());
        }
    }

    /**
     * Closed: so many users, each of whom asks again as soon as it was answered. A slow server is then asked less, so its
     * waiting times say nothing about users who come by themselves.
     *
     * @param users at least 1
     */
    record Concurrency(int users) implements Demand {
        public Concurrency {
            if (users < 1) {
                throw new IllegalArgumentException("concurrency: found %d users, expected 1 or more".formatted(users));
            }
        }

        @Override
        public String words() {
            return users == 1 ? "1 user" : users + " users";
        }
    }

    /**
     * What others once asked: arrivals, and the lengths of prompts and answers, from a {@link Trace}.
     *
     * @param trace path of the file, on the machine that sends
     * @param speed above zero; 2 replays it in half its time
     */
    record Replay(String trace, double speed) implements Demand {
        public Replay {
            if (!(speed > 0) || Double.isInfinite(speed)) {
                throw new IllegalArgumentException("speed: found %s, expected a number above 0".formatted(speed));
            }
        }

        @Override
        public String words() {
            return speed == 1 ? trace : "%s at %s times its speed".formatted(trace, number(speed));
        }
    }

    private static void positive(double perSecond) {
        if (!(perSecond > 0) || Double.isInfinite(perSecond)) {
            throw new IllegalArgumentException("rate must be above 0/s and finite: " + perSecond);
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.2f", value);
    }
}
