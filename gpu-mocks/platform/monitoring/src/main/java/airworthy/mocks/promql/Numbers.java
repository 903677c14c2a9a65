package airworthy.mocks.promql;

import java.util.stream.DoubleStream;

/** Reductions in which NaN yields to any number, as in Prometheus. */
final class Numbers {
    private Numbers() {}

    static double sum(DoubleStream values) {
        // The JDK's own sum is compensated, as Prometheus's is.
        return values.sum();
    }

    static double max(DoubleStream values) {
        return values.reduce(Double.NaN, (a, b) -> Double.isNaN(a) || b > a ? b : a);
    }

    static double min(DoubleStream values) {
        return values.reduce(Double.NaN, (a, b) -> Double.isNaN(a) || b < a ? b : a);
    }
}
