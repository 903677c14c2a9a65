package airworthy.load;

import java.time.Duration;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/** When requests are wanted: a pure function of rate and seed, so that a run can be repeated. Immutable. */
public sealed interface Schedule {

    /** Returns the intended offsets from the stream's start, in nanoseconds, ascending; without end but for {@link Listed}. */
    PrimitiveIterator.OfLong offsetsNs();

    /** How many are wanted before so much time is over. */
    default int within(Duration time) {
        PrimitiveIterator.OfLong offsets = offsetsNs();
        int wanted = 0;
        while (offsets.hasNext() && offsets.nextLong() < time.toNanos()) {
            wanted++;
        }
        return wanted;
    }

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
            return addedUp(() -> gap(random));
        }

        private long gap(SplittableRandom random) {
            return Math.round(random.nextExponential() * NANOS_PER_SECOND / perSecond);
        }
    }

    /**
     * Gamma-distributed gaps, as vLLM's and GuideLLM's benchmarks have them: mean 1 / rate, coefficient of variation 1 / sqrt(burstiness).
     *
     * @param perSecond the mean, above zero
     * @param burstiness the shape, above zero
     */
    record Gamma(double perSecond, double burstiness, long seed) implements Schedule {
        public Gamma {
            requireRate(perSecond);
            if (!(burstiness > 0)) {
                throw new IllegalArgumentException("burstiness must be above 0: " + burstiness);
            }
        }

        @Override
        public PrimitiveIterator.OfLong offsetsNs() {
            SplittableRandom random = new SplittableRandom(seed);
            return addedUp(() -> gap(random));
        }

        private long gap(SplittableRandom random) {
            return Math.round(standard(random, burstiness) / burstiness * NANOS_PER_SECOND / perSecond);
        }

        /** Marsaglia and Tsang, "A simple method for generating gamma variables", ACM TOMS 26(3), 2000. */
        private static double standard(SplittableRandom random, double shape) {
            if (shape < 1) {
                return standard(random, shape + 1) * Math.pow(1 - random.nextDouble(), 1 / shape);
            }
            double d = shape - 1.0 / 3;
            double c = 1 / Math.sqrt(9 * d);
            while (true) {
                double normal = random.nextGaussian();
                double v = Math.pow(1 + c * normal, 3);
                if (v > 0 && Math.log(1 - random.nextDouble()) < 0.5 * normal * normal + d - d * v + d * Math.log(v)) {
                    return d * v;
                }
            }
        }
    }

    /**
     * Arrivals of a rate that changes: those of a schedule of one a second, each moved to where as many are due.
     *
     * @param unit one a second on average
     * @param rate how it changes
     */
    record Warped(Schedule unit, Demand.Rate rate) implements Schedule {
        @Override
        public PrimitiveIterator.OfLong offsetsNs() {
            PrimitiveIterator.OfLong even = unit.offsetsNs();
            return LongStream.generate(even::nextLong)
                    .map(offset -> Math.round(rate.secondsUntil(offset / NANOS_PER_SECOND) * NANOS_PER_SECOND))
                    .iterator();
        }
    }

    /**
     * Arrivals that are known one by one.
     *
     * @param offsets in nanoseconds, ascending
     */
    record Listed(List<Long> offsets) implements Schedule {
        public Listed {
            offsets = List.copyOf(offsets);
        }

        @Override
        public PrimitiveIterator.OfLong offsetsNs() {
            return offsets.stream().mapToLong(Long::longValue).iterator();
        }
    }

    /** Arrivals from the gaps before each of them, the first one's included. */
    private static PrimitiveIterator.OfLong addedUp(LongSupplier gap) {
        return LongStream.iterate(gap.getAsLong(), offset -> offset + gap.getAsLong())
                .iterator();
    }

    /** Nanoseconds in a second, as a factor of rates. */
    double NANOS_PER_SECOND = 1e9;

    private static void requireRate(double perSecond) {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("rate must be above 0/s: " + perSecond);
        }
    }
}
