package airworthy.load.measures;

import airworthy.load.SenderClock;
import airworthy.model.RequestOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** A load's figures for a terminal, a line each, at most 100 columns. */
public final class SummaryText {
    private static final List<Double> PERCENTILES = List.of(50.0, 90.0, 99.0, 99.9);

    private SummaryText() {}

    /** The lines, without their ends. */
    public static List<String> lines(LoadSummary summary) {
        Measures measures = summary.measures();
        List<String> lines = new ArrayList<>();
        lines.add("%,d requests scheduled %s, %,d answered whole (%s)"
                .formatted(
                        measures.scheduled(),
                        at(summary.settings().source()),
                        measures.of(Measure.ANSWER).count(),
                        outcomes(measures.outcomes())));
        lines.add("goodput %s of scheduled, %s of answered whole (%d ms to the first token, %d ms a token)"
                .formatted(
                        percent(summary.goodputOfScheduled()),
                        percent(summary.goodputOfAnswered()),
                        measures.slo().firstToken().toMillis(),
                        measures.slo().gap().toMillis()));
        if (measures.right() + measures.wrong() > 0) {
            lines.add("%,d of %,d questions whose answer is known were answered wrong"
                    .formatted(measures.wrong(), measures.right() + measures.wrong()));
        }
        lines.add("");
        lines.add(String.format(
                Locale.ROOT, "%-26s %9s %9s %9s %9s %9s %9s", "ms", "p50", "p90", "p99", "p99.9", "max", "n"));
        for (Measure measure : Measure.values()) {
            Distribution distribution = measures.of(measure);
            if (distribution.count() > 0) {
                lines.add(row(measure, distribution));
            }
        }
        lines.add("");
        if (!summary.clocks().isEmpty()) {
            lines.add(clocks(summary.clocks()));
        }
        lines.add(
                summary.trust().trusted()
                        ? "client: TRUSTED"
                        : "client: DEGRADED, its figures are not the server's: "
                                + String.join("; ", summary.trust().reasons()));
        return List.copyOf(lines);
    }

    /** The worst of each: what was sent by several is put on one time line by their clocks. */
    private static String clocks(List<SenderClock> clocks) {
        return "%d sender%s: clock known within %s ms, drift at most %s ms, known within %s ms"
                .formatted(
                        clocks.size(),
                        clocks.size() == 1 ? "" : "s",
                        worst(clocks, clock -> clock.begun().errorNs()),
                        worst(clocks, clock -> Math.abs(clock.driftNs())),
                        worst(clocks, SenderClock::driftErrorNs));
    }

    private static String worst(List<SenderClock> clocks, ToLongFunction<SenderClock> ns) {
        return milliseconds(clocks.stream().mapToLong(ns).max());
    }

    private static String at(LoadSettings.Source source) {
        return switch (source) {
            case LoadSettings.Profile profile -> "at " + profile.words();
            case LoadSettings.Simulation simulation -> simulation.words();
        };
    }

    private static String row(Measure measure, Distribution distribution) {
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-26s", title(measure)));
        for (double percentile : PERCENTILES) {
            row.append(String.format(Locale.ROOT, " %9s", milliseconds(distribution.percentileNs(percentile))));
        }
        return row.append(String.format(
                        Locale.ROOT,
                        " %9s %9s",
                        milliseconds(distribution.maxNs()),
                        "%,d".formatted(distribution.count())))
                .toString();
    }

    /** What a row is called. */
    public static String title(Measure measure) {
        return switch (measure) {
            case HEADERS -> "headers";
            case FIRST_TOKEN -> "first token";
            case FIRST_TOKEN_FROM_INTENDED -> "first token from intended";
            case GAP -> "gap";
            case TOKEN_TIME -> "time a token";
            case LONGEST_STALL -> "longest gap of an answer";
            case ANSWER -> "whole answer";
            case ANSWER_FROM_INTENDED -> "whole answer from intended";
            case OPEN_GAP -> "open gap of a broken one";
            case LAG -> "client's lag";
        };
    }

    /** Says nothing where the sample is too small. */
    public static String milliseconds(OptionalLong ns) {
        if (ns.isEmpty()) {
            return "-";
        }
        double ms = ns.getAsLong() / 1e6;
        return String.format(Locale.ROOT, ms < 100 ? "%.2f" : "%.0f", ms);
    }

    /** How requests ended, the most frequent first. */
    public static String outcomes(Map<RequestOutcome, Long> outcomes) {
        return outcomes.entrySet().stream()
                .sorted(Map.Entry.<RequestOutcome, Long>comparingByValue().reversed())
                .map(outcome -> "%s %,d".formatted(outcome.getKey().id(), outcome.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", share * 100);
    }
}
