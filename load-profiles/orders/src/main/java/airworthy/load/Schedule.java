package airworthy.load;

import java.util.PrimitiveIterator;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** When requests are wanted: a pure function of rate and seed, so that a run can be repeated. Immutable. */
public sealed interface Schedule {

    /** Returns the intended offsets from the stream's start, in nanoseconds, ascending and without end. */
    PrimitiveIterator.OfLong offsetsNs();

    /**
     * Equal gaps. The seed moves the whole schedule by a part of one gap, so that streams of one rate do not beat in
     * step.
     *
     * @param perSecond above zero
     */
    record Constant(double perSecond, long seed) implements Schedule {
        public Constant {
            requireRate(perSecond);
        }

        @Override
        public PrimitiveIterator.OfLong offsetsNs() {
            double phase = new SplittableRandom(seed).nextDouble();
            return LongStream.iterate(0, number -> number + 1)
                    .map(number -> Math.round((number + phase) * NANOS_PER_SECOND / perSecond))
                    .iterator();
        }
    }

    /**
     * Independent arrivals: exponential gaps.
     *
     * @param perSecond the mean, above zero
     */
    record Poisson(double perSecond, long seed) implements Schedule {
        public Poisson {
            requireRate(perSecond);
        }

        @Override
        public PrimitiveIterator.OfLong offsetsNs() {
            SplittableRandom random = new SplittableRandom(seed);
            return LongStream.iterate(gap(random), offset -> offset + gap(random))
                    .iterator();
        }

        private long gap(SplittableRandom random) {
            return Math.round(random.nextExponential() * NANOS_PER_SECOND / perSecond);
        }
    }

    /** Nanoseconds in a second, as a factor of rates. */
    double NANOS_PER_SECOND = 1e9;

    private static void requireRate(double perSecond) {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("rate must be above 0/s: " + perSecond);
        }
    }
}
