package airworthy.reports.render.html;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Curves and bars over two axes, as a drawing that scales with the page. */
final class Plot {
    private static final int LEFT = 70;
    private static final int RIGHT = 860;
    private static final int TOP = 12;
    private static final int BOTTOM = 230;
    private static final int HEIGHT = 262;
    private static final int WIDTH = 900;

    private final Axis x;
    private final Axis y;

    /**
     * @param from the value at its beginning
     * @param to the value at its end, above it
     * @param ticks what is written along it
     */
    record Axis(double from, double to, List<Tick> ticks) {
        Axis {
            ticks = List.copyOf(ticks);
        }

        double share(double value) {
            return (Math.clamp(value, from, to) - from) / (to - from);
        }
    }

    /** A place on an axis with what is written there. */
    record Tick(double at, String text) {}

    /** A place in the drawing. */
    record Point(double x, double y) {}

    /**
     * A line through points.
     *
     * @param kind its class in the style sheet
     */
    record Curve(String kind, List<Point> points) {
        Curve {
            points = List.copyOf(points);
        }
    }

    /**
     * A box that stands on another or on the axis.
     *
     * @param kind its class in the style sheet
     */
    record Bar(String kind, double from, double to, double bottom, double top) {}

    Plot(Axis x, Axis y) {
        this.x = x;
        this.y = y;
    }

    /** An axis of values from 0 with about five round steps. */
    static Axis upTo(double most, String unit) {
        double step = step(Math.max(most, 1e-9) / 5);
        double to = Math.ceil(Math.max(most, 1e-9) / step) * step;
        List<Tick> ticks = LongStream.rangeClosed(0, Math.round(to / step))
                .mapToObj(i -> new Tick(i * step, number(i * step) + unit))
                .toList();
        return new Axis(0, to, ticks);
    }

    /** The next of 1, 2, 5, 10, 20, 50, ... */
    private static double step(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        double times = least / power;
        return power * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
    }

    void draw(Markup page, String title, List<Bar> bars, List<Curve> curves) {
        page.element(
                "svg", List.of("viewBox", "0 0 " + WIDTH + " " + HEIGHT, "role", "img", "aria-label", title), svg -> {
                    axes(svg);
                    bars.forEach(bar -> bar(svg, bar));
                    curves.forEach(curve -> curve(svg, curve));
                });
        page.line();
    }

    private void axes(Markup svg) {
        for (Tick tick : y.ticks()) {
            double at = down(tick.at());
            svg.element(
                    "line",
                    List.of("class", "rail", "x1", point(LEFT), "x2", point(RIGHT), "y1", point(at), "y2", point(at)),
                    "");
            text(svg, LEFT - 8.0, at + 4, "end", tick.text());
        }
        for (Tick tick : x.ticks()) {
            text(svg, across(tick.at()), BOTTOM + 20.0, "middle", tick.text());
        }
    }

    private static void text(Markup svg, double atX, double atY, String anchor, String text) {
        svg.element("text", List.of("class", "soft", "x", point(atX), "y", point(atY), "text-anchor", anchor), text);
    }

    private void bar(Markup svg, Bar bar) {
        double top = down(bar.top());
        svg.element(
                "rect",
                List.of(
                        "class",
                        bar.kind(),
                        "x",
                        point(across(bar.from())),
                        "width",
                        point(Math.max(0.5, across(bar.to()) - across(bar.from()) - 0.5)),
                        "y",
                        point(top),
                        "height",
                        point(down(bar.bottom()) - top)),
                "");
    }

    private void curve(Markup svg, Curve curve) {
        svg.element(
                "polyline",
                List.of(
                        "class",
                        curve.kind(),
                        "points",
                        curve.points().stream()
                                .map(each -> point(across(each.x())) + "," + point(down(each.y())))
                                .collect(Collectors.joining(" "))),
                "");
    }

    private double across(double value) {
        return LEFT + x.share(value) * (RIGHT - LEFT);
    }

    private double down(double value) {
        return BOTTOM - y.share(value) * (BOTTOM - TOP);
    }

    private static String point(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String number(double value) {
        return value >= 10 || value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
