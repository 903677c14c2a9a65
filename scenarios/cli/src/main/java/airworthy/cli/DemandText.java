package airworthy.cli;

import airworthy.format.RateText;
import airworthy.load.Demand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The forms in which a rate is asked for on the command line. */
final class DemandText {
    /** What to expect, for messages. */
    static final String EXPECTED =
            RateText.EXPECTED + ", a rate that changes such as 1..50/s, or one after the other such as 10,20,40/s";

    private static final String PER_SECOND = "/s";
    private static final String TO = "..";

    private DemandText() {}

    /**
     * Reads the written form; empty if it is none.
     *
     * @param over how long the whole load lasts
     */
    static Optional<Demand.Rate> parse(String text, Duration over) {
        if (!text.endsWith(PER_SECOND)) {
            return Optional.empty();
        }
        String numbers = text.substring(0, text.length() - PER_SECOND.length());
        if (numbers.contains(TO)) {
            String from = numbers.substring(0, numbers.indexOf(TO));
            Optional<Double> to = rate(numbers.substring(from.length() + TO.length()));
            Optional<Double> first = from.equals("0") ? Optional.of(0.0) : rate(from);
            return first.flatMap(low -> to.map(high -> new Demand.Ramp(low, high, over)));
        }
        List<Double> steps = new ArrayList<>();
        for (String step : numbers.split(",", -1)) {
            Optional<Double> perSecond = rate(step);
            if (perSecond.isEmpty()) {
                return Optional.empty();
            }
            steps.add(perSecond.get());
        }
        return Optional.of(
                steps.size() == 1
                        ? new Demand.Steady(steps.getFirst())
                        : new Demand.Steps(steps, over.dividedBy(steps.size())));
    }

    private static Optional<Double> rate(String number) {
        return RateText.parse(number + PER_SECOND);
    }
}
