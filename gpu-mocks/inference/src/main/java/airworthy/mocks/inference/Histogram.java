package airworthy.mocks.inference;

import java.util.List;
import java.util.Locale;

/** A Prometheus histogram of seconds. Safe for any number of threads. */
final class Histogram {

    // Bucket bounds of vLLM's vllm/v1/metrics/loggers.py.
    static final List<Double> FIRST_TOKEN = List.of(
            0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0, 20.0, 40.0,
            80.0, 160.0, 640.0, 2560.0);
    static final List<Double> TOKEN = List.of(
            0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0, 20.0, 40.0, 80.0);
    static final List<Double> REQUEST = List.of(
            0.3, 0.5, 0.8, 1.0, 1.5, 2.0, 2.5, 5.0, 10.0, 15.0, 20.0, 30.0, 40.0, 50.0, 60.0, 120.0, 240.0, 480.0,
            960.0, 1920.0, 7680.0);

    private final List<Double> bounds;
    private final long[] counts;
    private double sum;

    Histogram(List<Double> bounds) {
        this.bounds = bounds;
        this.counts = new long[bounds.size() + 1];
    }

    synchronized void observe(long nanos) {
        double seconds = nanos / 1e9;
        int bucket = 0;
        while (bucket < bounds.size() && seconds > bounds.get(bucket)) {
            bucket++;
        }
        counts[bucket]++;
        sum += seconds;
    }

    /** Appends the samples; {@code labels} are without braces. */
    synchronized void write(StringBuilder out, String name, String labels) {
        long cumulative = 0;
        for (int i = 0; i < counts.length; i++) {
            cumulative += counts[i];
            String bound = i < bounds.size() ? String.valueOf(bounds.get(i)) : "+Inf";
            out.append("%s_bucket{%s,le=\"%s\"} %d\n".formatted(name, labels, bound, cumulative));
        }
        out.append("%s_sum{%s} %s\n".formatted(name, labels, String.format(Locale.ROOT, "%.9f", sum)));
        out.append("%s_count{%s} %d\n".formatted(name, labels, cumulative));
    }
}
