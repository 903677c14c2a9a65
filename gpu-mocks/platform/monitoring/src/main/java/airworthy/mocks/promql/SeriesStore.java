package airworthy.mocks.promql;

import java.util.List;

/** Where an expression finds its series. Implementations are safe for use by several threads. */
@FunctionalInterface
public interface SeriesStore {
    /**
     * Returns the series that satisfy every matcher and have a point in the window, with the window's points and stale
     * markers among them.
     *
     * @param fromMillis first moment of the window, inclusive
     * @param toMillis last moment of the window, inclusive
     */
    List<Series> select(List<LabelMatcher> matchers, long fromMillis, long toMillis);
}
