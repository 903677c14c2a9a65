package airworthy.reports.render.html;

import airworthy.load.measures.Distribution;
import airworthy.load.measures.LoadSettings;
import airworthy.load.measures.LoadSummary;
import airworthy.load.measures.Measure;
import airworthy.load.measures.Measures;
import airworthy.load.measures.SummaryText;
import airworthy.load.measures.TimeLine;
import airworthy.model.RequestOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A load's figures as one page that needs nothing else: what came of it, by percentile and by second. */
public final class LoadPage {
    private static final List<Double> PERCENTILES = List.of(50.0, 90.0, 99.0, 99.9);

    /** Points of a percentile curve for each factor of ten of the tail. */
    private static final int STEPS = 20;

    private final PageHead head;

    /** Reads the style sheet that ships beside this class. */
    public LoadPage() {
        head = PageHead.read();
    }

    /** The load as a page. */
    public String render(LoadSummary summary) {
        Markup page = head.begin("Airworthy load: " + about(summary.settings().source()));
        page.element("main", List.of(), main -> content(main, summary));
        return page.raw("\n</body>\n</html>\n").toString();
    }

    private static void content(Markup page, LoadSummary summary) {
        Measures measures = summary.measures();
        if (!summary.trust().trusted()) {
            page.element(
                    "p",
                    List.of("class", "alarm"),
                    "The client is not to be trusted: "
                            + String.join("; ", summary.trust().reasons()));
        }
        page.element("h1", List.of(), headline(summary)).line();
        page.element(
                        "p",
                        List.of("class", "soft"),
                        "%,d requests scheduled: %s"
                                .formatted(measures.scheduled(), SummaryText.outcomes(measures.outcomes())))
                .line();
        table(page, measures);
        percentiles(
                page,
                "First token from the intended start, by percentile",
                measures.of(Measure.FIRST_TOKEN_FROM_INTENDED),
                measures.slo().firstToken().toNanos() / 1e6);
        percentiles(
                page,
                "Gap between tokens, by percentile",
                measures.of(Measure.GAP),
                measures.slo().gap().toNanos() / 1e6);
        seconds(page, summary.timeLine());
        provenance(page, summary);
    }

    private static String headline(LoadSummary summary) {
        return String.format(
                Locale.ROOT, "%.1f%% of what users asked for came in time", summary.goodputOfScheduled() * 100);
    }

    private static void table(Markup page, Measures measures) {
        page.element(
                "div",
                List.of("class", "scroll"),
                scroll -> scroll.element("table", List.of("class", "figures"), table -> {
                    table.element(
                            "thead",
                            List.of(),
                            head -> head.element("tr", List.of(), row -> {
                                for (String title : List.of("ms", "p50", "p90", "p99", "p99.9", "max", "n")) {
                                    row.element("th", List.of(), title);
                                }
                            }));
                    table.element("tbody", List.of(), body -> {
                        for (Measure measure : Measure.values()) {
                            Distribution distribution = measures.of(measure);
                            if (distribution.count() > 0) {
                                body.element("tr", List.of(), row -> row(row, measure, distribution));
                            }
                        }
                    });
                }));
        page.line();
    }

    private static void row(Markup row, Measure measure, Distribution distribution) {
        row.element("td", List.of(), SummaryText.title(measure));
        for (double percentile : PERCENTILES) {
            row.element("td", List.of(), SummaryText.milliseconds(distribution.percentileNs(percentile)));
        }
        row.element("td", List.of(), SummaryText.milliseconds(distribution.maxNs()));
        row.element("td", List.of(), "%,d".formatted(distribution.count()));
    }

    /** Each factor of ten of the tail is as wide as any other, as far as the sample reaches. */
    private static void percentiles(Markup page, String title, Distribution distribution, double boundMs) {
        List<Plot.Point> points = new ArrayList<>();
        for (int step = 0; step <= 5 * STEPS; step++) {
            double tens = (double) step / STEPS;
            OptionalLong ns = distribution.percentileNs(100 * (1 - Math.pow(10, -tens)));
            if (ns.isPresent()) {
                points.add(new Plot.Point(tens, ns.getAsLong() / 1e6));
            }
        }
        if (points.isEmpty()) {
            return;
        }
        page.element("h2", List.of(), title).line();
        double most = Math.max(points.getLast().y(), boundMs);
        double reach = Math.max(1, Math.ceil(points.getLast().x()));
        List<Plot.Tick> ticks = IntStream.rangeClosed(0, (int) reach)
                .mapToObj(tens -> new Plot.Tick(tens, tens == 0 ? "0%" : tail(tens)))
                .toList();
        new Plot(new Plot.Axis(0, reach, ticks), Plot.upTo(most, " ms"))
                .draw(
                        page,
                        title,
                        List.of(),
                        List.of(
                                new Plot.Curve("curve", points),
                                new Plot.Curve(
                                        "bound", List.of(new Plot.Point(0, boundMs), new Plot.Point(reach, boundMs)))));
        page.element("p", List.of("class", "soft small"), "Broken line: what is promised.")
                .line();
    }

    private static String tail(int nines) {
        return nines == 1 ? "90%" : nines == 2 ? "99%" : "99." + "9".repeat(nines - 2) + "%";
    }

    private static void seconds(Markup page, List<TimeLine.Point> timeLine) {
        if (timeLine.isEmpty()) {
            return;
        }
        double end = timeLine.getLast().second() + 1.0;
        page.element("h2", List.of(), "Requests that ended, by second").line();
        double most = timeLine.stream()
                .mapToLong(point -> ended(point, true) + ended(point, false))
                .max()
                .orElse(1);
        List<Plot.Bar> bars = new ArrayList<>();
        for (TimeLine.Point point : timeLine) {
            long whole = ended(point, true);
            bars.add(new Plot.Bar("whole", point.second(), point.second() + 1.0, 0, whole));
            bars.add(new Plot.Bar(
                    "broken", point.second(), point.second() + 1.0, whole, whole + (double) ended(point, false)));
        }
        new Plot(Plot.upTo(end, " s"), Plot.upTo(most, "/s")).draw(page, "requests by second", bars, List.of());
        curves(
                page,
                "First token, by second",
                timeLine,
                end,
                TimeLine.Point::firstTokenMedianNs,
                TimeLine.Point::firstTokenMaxNs);
        curves(page, "Gap, by second", timeLine, end, TimeLine.Point::gapMedianNs, TimeLine.Point::gapMaxNs);
    }

    private static long ended(TimeLine.Point point, boolean whole) {
        return point.outcomes().entrySet().stream()
                .filter(outcome -> (outcome.getKey() == RequestOutcome.OK) == whole)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static void curves(
            Markup page,
            String title,
            List<TimeLine.Point> timeLine,
            double end,
            Function<TimeLine.Point, OptionalLong> median,
            Function<TimeLine.Point, OptionalLong> longest) {
        List<Plot.Point> medians = points(timeLine, median);
        List<Plot.Point> longests = points(timeLine, longest);
        if (longests.isEmpty()) {
            return;
        }
        page.element("h2", List.of(), title).line();
        double most = longests.stream().mapToDouble(Plot.Point::y).max().orElse(1);
        new Plot(Plot.upTo(end, " s"), Plot.upTo(most, " ms"))
                .draw(
                        page,
                        title,
                        List.of(),
                        List.of(new Plot.Curve("curve", longests), new Plot.Curve("curve median", medians)));
        page.element("p", List.of("class", "soft small"), "Line: the longest of each second. Broken line: its median.")
                .line();
    }

    private static List<Plot.Point> points(
            List<TimeLine.Point> timeLine, Function<TimeLine.Point, OptionalLong> value) {
        return timeLine.stream()
                .filter(point -> value.apply(point).isPresent())
                .map(point ->
                        new Plot.Point(point.second() + 0.5, value.apply(point).getAsLong() / 1e6))
                .toList();
    }

    private static String about(LoadSettings.Source source) {
        return switch (source) {
            case LoadSettings.Profile asked -> asked.endpoint().toString();
            case LoadSettings.Simulation(String className) -> className;
        };
    }

    private static void provenance(Markup page, LoadSummary summary) {
        LoadSettings settings = summary.settings();
        page.element("h2", List.of(), "What was asked").line();
        page.element("dl", List.of(), list -> {
            switch (settings.source()) {
                case LoadSettings.Profile asked -> {
                    fact(list, "endpoint", asked.endpoint().toString());
                    fact(list, "model", asked.model());
                    fact(list, "profile", asked.profile());
                    fact(
                            list,
                            "demand",
                            asked.words() + ", for " + asked.duration().toSeconds() + " s");
                    fact(list, "seed", Long.toString(asked.seed()));
                }
                case LoadSettings.Simulation(String className) -> fact(list, "simulation", className);
            }
            fact(list, "begun", settings.begun().toString());
            fact(
                    list,
                    "client",
                    "airworthy " + settings.version() + ", "
                            + (summary.trust().trusted() ? "trusted" : "not to be trusted"));
        });
        page.line();
    }

    private static void fact(Markup list, String name, String value) {
        list.element("dt", List.of(), name).element("dd", List.of(), value);
    }
}
