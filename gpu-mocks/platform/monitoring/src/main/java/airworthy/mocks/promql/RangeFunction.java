package airworthy.mocks.promql;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Computes one number from the points of a range, as Prometheus's functions of the same names do.
 *
 * @param function the function
 * @param startMillis first moment of the range
 * @param endMillis last moment of the range
 */
record RangeFunction(Function function, long startMillis, long endMillis) {
    /** From Prometheus's extrapolatedRate: a gap this much above the mean spacing is where a series begins or ends. */
    private static final double GAP_FACTOR = 1.1;

    OptionalDouble apply(List<Point> points) {
        return switch (function) {
            case RATE -> extrapolated(points, seconds(endMillis - startMillis));
            case INCREASE, DELTA -> extrapolated(points, 1);
            case IRATE -> instantaneous(points);
            case CHANGES -> OptionalDouble.of(changes(points));
            case AVG_OVER_TIME -> OptionalDouble.of(sum(points) / points.size());
            case SUM_OVER_TIME -> OptionalDouble.of(sum(points));
            case COUNT_OVER_TIME -> OptionalDouble.of(points.size());
            case MAX_OVER_TIME -> OptionalDouble.of(Numbers.max(points.stream().mapToDouble(Point::value)));
            case MIN_OVER_TIME -> OptionalDouble.of(Numbers.min(points.stream().mapToDouble(Point::value)));
            case ABS,
                    ABSENT,
                    ABSENT_OVER_TIME,
                    CLAMP_MAX,
                    CLAMP_MIN,
                    HISTOGRAM_QUANTILE,
                    LABEL_JOIN,
                    LABEL_REPLACE,
                    SCALAR,
                    TIME,
                    VECTOR -> throw new IllegalStateException(function.text() + " takes no range");
        };
    }

    private OptionalDouble extrapolated(List<Point> points, double per) {
        if (points.size() < 2) {
            return OptionalDouble.empty();
        }
        boolean counter = function != Function.DELTA;
        Point first = points.getFirst();
        Point last = points.getLast();
        double growth = last.value() - first.value() + (counter ? lostToResets(points) : 0);
        double sampled = seconds(last.millis() - first.millis());
        double spacing = sampled / (points.size() - 1);
        double toStart = reach(seconds(first.millis() - startMillis), spacing);
        double toEnd = reach(seconds(endMillis - last.millis()), spacing);
        if (counter && growth > 0 && first.value() >= 0) {
            // A counter is never below zero, so it cannot have begun earlier than its slope reaches zero.
            toStart = Math.min(toStart, sampled * (first.value() / growth));
        }
        return OptionalDouble.of(growth * ((sampled + toStart + toEnd) / sampled / per));
    }

    private static double reach(double gap, double spacing) {
        return gap >= spacing * GAP_FACTOR ? spacing / 2 : gap;
    }

    private static double lostToResets(List<Point> points) {
        double lost = 0;
        for (int i = 1; i < points.size(); i++) {
            double before = points.get(i - 1).value();
            if (points.get(i).value() < before) {
                lost += before;
            }
        }
        return lost;
    }

    private static OptionalDouble instantaneous(List<Point> points) {
        if (points.size() < 2) {
            return OptionalDouble.empty();
        }
        Point last = points.getLast();
        Point before = points.get(points.size() - 2);
        double growth = last.value() < before.value() ? last.value() : last.value() - before.value();
        return OptionalDouble.of(growth / seconds(last.millis() - before.millis()));
    }

    private static double changes(List<Point> points) {
        int changes = 0;
        for (int i = 1; i < points.size(); i++) {
            double before = points.get(i - 1).value();
            double now = points.get(i).value();
            if (before != now && !(Double.isNaN(before) && Double.isNaN(now))) {
                changes++;
            }
        }
        return changes;
    }

    private static double sum(List<Point> points) {
        return Numbers.sum(points.stream().mapToDouble(Point::value));
    }

    private static double seconds(long millis) {
        return millis / 1000.0;
    }
}
