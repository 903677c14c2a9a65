package airworthy.reports.render.html;

import airworthy.model.ScenarioReport.Hop;
import airworthy.model.ScenarioReport.HopTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The detection clock as a drawing: a row for each hop, a bar as wide as its error. */
final class Timeline {
    private static final int LEFT = 90;
    private static final int RIGHT = 640;
    private static final int WIDTH = 900;
    private static final int ROW = 24;

    private Timeline() {}

    static void draw(Markup page, Map<Hop, HopTime> hops) {
        double longest =
                hops.values().stream().mapToDouble(Timeline::milliseconds).max().orElse(0);
        double scale = (RIGHT - LEFT) / Math.max(1, longest);
        int height = Hop.values().length * ROW + 4;
        page.element(
                "svg",
                List.of("viewBox", "0 0 " + WIDTH + " " + height, "role", "img", "aria-label", "Time line since onset"),
                svg -> {
                    int middle = ROW / 2;
                    for (Hop hop : Hop.values()) {
                        row(svg, hop.name().toLowerCase(Locale.ROOT), hops.get(hop), middle, scale);
                        middle += ROW;
                    }
                });
        page.line();
    }

    private static void row(Markup svg, String name, @Nullable HopTime time, int middle, double scale) {
        label(svg, 0, middle, name, "label");
        line(svg, LEFT, RIGHT, middle, "rail");
        if (time == null) {
            label(svg, RIGHT + 16, middle, "not seen", "soft");
            return;
        }
        double at = LEFT + Math.max(0, milliseconds(time)) * scale;
        double error = time.sinceOnset().error().toNanos() / 1e6;
        line(svg, LEFT, at, middle, "reach");
        line(svg, Math.max(LEFT, at - error * scale), Math.min(RIGHT + 10, at + error * scale), middle, "error");
        svg.element("circle", List.of("class", "dot", "cx", point(at), "cy", point(middle), "r", "5"), "");
        label(
                svg,
                RIGHT + 16,
                middle,
                String.format(Locale.ROOT, "%,.0f ms", milliseconds(time))
                        + (error == 0 ? "" : String.format(Locale.ROOT, " \u00b1 %,.0f", error))
                        + " \u00b7 " + time.source(),
                "label");
    }

    private static void label(Markup svg, double x, int middle, String text, String kind) {
        svg.element("text", List.of("class", kind, "x", point(x), "y", point(middle + 4)), text);
    }

    private static void line(Markup svg, double from, double to, int y, String kind) {
        svg.element(
                "line", List.of("class", kind, "x1", point(from), "x2", point(to), "y1", point(y), "y2", point(y)), "");
    }

    private static double milliseconds(HopTime time) {
        return time.sinceOnset().length().toNanos() / 1e6;
    }

    private static String point(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
