package airworthy.mocks.promql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;

/** Series written out value by value, one a minute from the epoch; {@code _} is a gap and {@code stale} an end. */
record LoadedSeries(Map<String, String> lines) implements SeriesStore {
    static final long STEP_MILLIS = 60_000;

    static LoadedSeries of(String... seriesAndValues) {
        Map<String, String> lines = new LinkedHashMap<>();
        for (int i = 0; i < seriesAndValues.length; i += 2) {
            lines.put(seriesAndValues[i], seriesAndValues[i + 1]);
        }
        return new LoadedSeries(lines);
    }

    @Override
    public List<Series> select(List<LabelMatcher> matchers, long fromMillis, long toMillis) {
        List<Series> found = new ArrayList<>();
        lines.forEach((series, values) -> {
            Labels labels = labels(series);
            List<Point> points = points(values).stream()
                    .filter(p -> p.millis() >= fromMillis && p.millis() <= toMillis)
                    .toList();
            if (!points.isEmpty() && matchers.stream().allMatch(m -> m.matches(labels))) {
                found.add(new Series(labels, points));
            }
        });
        return found;
    }

    private static Labels labels(String series) {
        Expr.Selector selector = (Expr.Selector) Parser.parse(series);
        Labels labels = Labels.EMPTY;
        for (LabelMatcher matcher : selector.matchers()) {
            labels = labels.with(matcher.label(), matcher.value());
        }
        return labels;
    }

    private static List<Point> points(String values) {
        List<Point> points = new ArrayList<>();
        StringTokenizer tokens = new StringTokenizer(values);
        for (long at = 0; tokens.hasMoreTokens(); at += STEP_MILLIS) {
            String value = tokens.nextToken();
            if (!value.equals("_")) {
                points.add(new Point(at, value.equals("stale") ? Point.STALE : NumberFormat.parse(value)));
            }
        }
        return points;
    }
}
