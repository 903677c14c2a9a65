package airworthy.mocks.prometheus;

import airworthy.mocks.promql.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The points of one series in order of time. Not safe for use by several threads. */
final class PointBuffer {
    private static final int INITIAL_CAPACITY = 64;

    private long[] millis = new long[INITIAL_CAPACITY];
    private double[] values = new double[INITIAL_CAPACITY];
    private int size;

    void append(long at, double value, long forgetBefore) {
        if (size > 0 && at <= millis[size - 1]) {
            return;
        }
        if (size == millis.length) {
            makeRoom(forgetBefore);
        }
        millis[size] = at;
        values[size] = value;
        size++;
    }

    private void makeRoom(long forgetBefore) {
        int kept = firstFrom(forgetBefore);
        int capacity = kept > size / 2 ? millis.length : millis.length * 2;
        millis = Arrays.copyOf(Arrays.copyOfRange(millis, kept, size), capacity);
        values = Arrays.copyOf(Arrays.copyOfRange(values, kept, size), capacity);
        size -= kept;
    }

    List<Point> between(long from, long to) {
        List<Point> points = new ArrayList<>();
        for (int i = firstFrom(from); i < size && millis[i] <= to; i++) {
            points.add(new Point(millis[i], values[i]));
        }
        return points;
    }

    private int firstFrom(long from) {
        int found = Arrays.binarySearch(millis, 0, size, from);
        return found >= 0 ? found : -found - 1;
    }
}
