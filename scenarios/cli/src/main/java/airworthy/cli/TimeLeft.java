package airworthy.cli;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How far an assessment is and how long it still takes, from how long each scenario is expected to take. Scenarios run side by
 * side where they may, so what is left is told from the pace so far and not by adding up. Not thread-safe.
 */
final class TimeLeft {
    private static final int CELLS = 30;

    /** A scenario that is still going on is not done, however long it takes. */
    private static final double MOST_BEFORE_ITS_END = 0.97;

    /** Before so much is done the pace so far says nothing. */
    private static final double LEAST_TO_TELL = 0.05;

    private final Map<String, Double> expected = new HashMap<>();
    private final Map<String, Double> begun = new HashMap<>();
    private final Map<String, Double> done = new HashMap<>();

    void expect(String scenario, double seconds) {
        // What takes no time still is one of the things to be done.
        expected.put(scenario, Math.max(1, seconds));
    }

    void begin(String scenario, double now) {
        begun.putIfAbsent(scenario, now);
    }

    void end(String scenario, double now) {
        done.put(scenario, now);
    }

    /** A bar with the share that is done and the time left; empty where nothing is expected. */
    String bar(double now) {
        if (expected.isEmpty()) {
            return "";
        }
        double share = share(now);
        int full = (int) (share * CELLS);
        String left = "";
        if (share >= LEAST_TO_TELL && share < 1) {
            double since = now - begun.values().stream().min(Double::compare).orElse(now);
            left = String.format(Locale.ROOT, ", about %.0f s left", since * (1 - share) / share);
        }
        return String.format(
                Locale.ROOT, "%s%s %3.0f %%%s", "█".repeat(full), "░".repeat(CELLS - full), share * 100, left);
    }

    private double share(double now) {
        double all = 0;
        double passed = 0;
        for (Map.Entry<String, Double> each : expected.entrySet()) {
            double weight = each.getValue();
            all += weight;
            if (done.containsKey(each.getKey())) {
                passed += weight;
            } else if (begun.containsKey(each.getKey())) {
                passed += Math.min(now - begun.get(each.getKey()), weight * MOST_BEFORE_ITS_END);
            }
        }
        return passed / all;
    }
}
