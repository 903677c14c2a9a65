package airworthy.load.measures;

import airworthy.model.RequestOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What each second was like, for a plot. For one thread. */
public final class TimeLine implements Seconds.Sink {

    /**
     * One second.
     *
     * @param second since the load began, from 0
     * @param outcomes the requests that ended in it, by how
     * @param firstTokenMedianNs empty where fewer than 20 came
     * @param firstTokenMaxNs the longest wait of those that ended in it
     * @param gapMedianNs as above
     * @param gapMaxNs as above
     */
    public record Point(
            long second,
            Map<RequestOutcome, Long> outcomes,
            OptionalLong firstTokenMedianNs,
            OptionalLong firstTokenMaxNs,
            OptionalLong gapMedianNs,
            OptionalLong gapMaxNs) {}

    private final List<Point> points = new ArrayList<>();

    @Override
    public void over(long second, Measures measures) {
        Distribution firstToken = measures.of(Measure.FIRST_TOKEN_FROM_INTENDED);
        Distribution gap = measures.of(Measure.GAP);
        points.add(new Point(
                second,
                new TreeMap<>(measures.outcomes()),
                firstToken.percentileNs(50),
                firstToken.maxNs(),
                gap.percentileNs(50),
                gap.maxNs()));
    }

    /** The seconds in which something ended, in order. */
    public List<Point> points() {
        return List.copyOf(points);
    }
}
