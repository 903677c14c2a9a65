package airworthy.mocks.promql;

import java.util.List;

/** What an expression evaluates to. */
public sealed interface Value {
    /** One number. */
    record Scalar(double value) implements Value {}

    /** A text. */
    record Text(String value) implements Value {}

    /** Labelled numbers at one moment. */
    record Vector(List<Sample> samples) implements Value {
        /** Copies the samples. */
        public Vector {
            samples = List.copyOf(samples);
        }
    }

    /** Labelled points over a range. */
    record Matrix(List<Series> series) implements Value {
        /** Copies the list. */
        public Matrix {
            series = List.copyOf(series);
        }
    }
}
