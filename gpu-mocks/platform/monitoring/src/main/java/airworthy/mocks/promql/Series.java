package airworthy.mocks.promql;

import java.util.List;

/**
 * A labelled sequence of points in order of time.
 *
 * @param labels the series' identity
 * @param points the points, oldest first
 */
public record Series(Labels labels, List<Point> points) {
    /** Copies the points. */
    public Series {
        points = List.copyOf(points);
    }
}
