package airworthy.mocks.promql;

import airworthy.mocks.promql.Value.Vector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Quantiles of classic histograms, by linear interpolation within a bucket. */
final class Histogram {
    private static final String LIMIT = "le";

    private record Bucket(double limit, double count) {}

    private Histogram() {}

    static Vector quantile(double quantile, Vector buckets) {
        Map<Labels, List<Bucket>> histograms = new LinkedHashMap<>();
        for (Sample sample : buckets.samples()) {
            Labels identity = sample.labels().withoutName().without(List.of(LIMIT));
            limit(sample.labels().get(LIMIT))
                    .ifPresent(limit -> histograms
                            .computeIfAbsent(identity, _ -> new ArrayList<>())
                            .add(new Bucket(limit, sample.value())));
        }
        return new Vector(histograms.entrySet().stream()
                .map(h -> new Sample(h.getKey(), quantile(quantile, h.getValue())))
                .toList());
    }

    /** A sample without a readable limit is no bucket and is passed over. */
    private static Optional<Double> limit(String text) {
        try {
            return switch (text) {
                case "+Inf", "Inf" -> Optional.of(Double.POSITIVE_INFINITY);
                case "-Inf" -> Optional.of(Double.NEGATIVE_INFINITY);
                default -> Optional.of(Double.valueOf(text));
            };
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static double quantile(double quantile, List<Bucket> found) {
        if (Double.isNaN(quantile)) {
            return Double.NaN;
        }
        if (quantile < 0 || quantile > 1) {
            return quantile < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        List<Bucket> buckets = cumulative(found);
        double observations = buckets.getLast().count();
        if (buckets.getLast().limit() != Double.POSITIVE_INFINITY || buckets.size() < 2 || observations == 0) {
            return Double.NaN;
        }
        double rank = quantile * observations;
        int index = 0;
        while (index < buckets.size() - 1 && !(buckets.get(index).count() >= rank)) {
            index++;
        }
        Bucket bucket = buckets.get(index);
        if (index == buckets.size() - 1) {
            return buckets.get(index - 1).limit();
        }
        if (index == 0 && bucket.limit() <= 0) {
            return bucket.limit();
        }
        Bucket below = index == 0 ? new Bucket(0, 0) : buckets.get(index - 1);
        return below.limit()
                + (bucket.limit() - below.limit()) * ((rank - below.count()) / (bucket.count() - below.count()));
    }

    /** Merges buckets of one limit and lifts each to its predecessor, since buckets are read at slightly other times. */
    private static List<Bucket> cumulative(List<Bucket> found) {
        List<Bucket> buckets = new ArrayList<>();
        found.stream().sorted(Comparator.comparingDouble(Bucket::limit)).forEach(next -> {
            if (!buckets.isEmpty() && buckets.getLast().limit() == next.limit()) {
                Bucket merged = new Bucket(next.limit(), buckets.removeLast().count() + next.count());
                buckets.add(merged);
            } else {
                buckets.add(next);
            }
        });
        double floor = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < buckets.size(); i++) {
            Bucket bucket = buckets.get(i);
            if (bucket.count() < floor) {
                buckets.set(i, new Bucket(bucket.limit(), floor));
            } else {
                floor = bucket.count();
            }
        }
        return buckets;
    }
}
