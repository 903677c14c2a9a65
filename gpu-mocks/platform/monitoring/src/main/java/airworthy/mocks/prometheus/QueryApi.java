package airworthy.mocks.prometheus;

import airworthy.mocks.monitoring.Pacer;
import airworthy.mocks.monitoring.PromDuration;
import airworthy.mocks.monitoring.Reply;
import airworthy.mocks.monitoring.Request;
import airworthy.mocks.monitoring.RestServer.Handler;
import airworthy.mocks.monitoring.RestServer.Routes;
import airworthy.mocks.promql.Evaluator;
import airworthy.mocks.promql.Expr;
import airworthy.mocks.promql.LabelMatcher;
import airworthy.mocks.promql.Labels;
import airworthy.mocks.promql.Parser;
import airworthy.mocks.promql.Point;
import airworthy.mocks.promql.Sample;
import airworthy.mocks.promql.Series;
import airworthy.mocks.promql.Value;
import airworthy.mocks.promql.ValueType;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The part of the API that reads series. */
final class QueryApi {
    /** Prometheus's own limit on the points of one series in one answer. */
    private static final int MAX_STEPS = 11_000;

    private final Evaluator evaluator;
    private final MemoryStore store;
    private final Pacer pacer;

    QueryApi(Evaluator evaluator, MemoryStore store, Pacer pacer) {
        this.evaluator = evaluator;
        this.store = store;
        this.pacer = pacer;
    }

    void addTo(Routes routes) {
        both(routes, "/api/v1/query", this::query);
        both(routes, "/api/v1/query_range", this::queryRange);
        both(routes, "/api/v1/series", this::series);
        both(routes, "/api/v1/labels", this::labelNames);
        routes.on("GET", "/api/v1/label/*/values", ApiReply.guarded(this::labelValues));
    }

    private static void both(Routes routes, String path, Handler handler) {
        routes.on("GET", path, ApiReply.guarded(handler)).on("POST", path, ApiReply.guarded(handler));
    }

    private Reply query(Request request) {
        long at = time(request, "time", String.valueOf(pacer.now()));
        Value value = evaluator.evaluate(Parser.parse(request.parameter("query", "")), at);
        return ApiReply.success(Json.result(value, at));
    }

    private Reply queryRange(Request request) {
        long start = time(request, "start", "");
        long end = time(request, "end", "");
        long step = stepMillis(request.parameter("step", ""));
        if (end < start) {
            throw new IllegalArgumentException(
                    "invalid parameter \"end\": end timestamp must not be before start time");
        }
        if ((end - start) / step > MAX_STEPS) {
            throw new IllegalArgumentException(
                    "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution"
                            + " (?step=XX)");
        }
        Expr expr = Parser.parse(request.parameter("query", ""));
        if (expr.type() != ValueType.SCALAR && expr.type() != ValueType.VECTOR) {
            throw new IllegalArgumentException("invalid parameter \"query\": invalid expression type \""
                    + expr.type().text() + "\" for range query, must be Scalar or instant Vector");
        }
        Map<Labels, List<Point>> points = new LinkedHashMap<>();
        for (long at = start; at <= end; at += step) {
            for (Sample sample : samples(evaluator.evaluate(expr, at))) {
                points.computeIfAbsent(sample.labels(), _ -> new ArrayList<>()).add(new Point(at, sample.value()));
            }
        }
        List<Series> all = points.entrySet().stream()
                .map(e -> new Series(e.getKey(), e.getValue()))
                .toList();
        return ApiReply.success(Json.result(new Value.Matrix(all), end));
    }

    private static List<Sample> samples(Value value) {
        return switch (value) {
            case Value.Vector(List<Sample> samples) -> samples;
            case Value.Scalar(double number) -> List.of(new Sample(Labels.EMPTY, number));
            case Value.Matrix _, Value.Text _ -> throw new IllegalStateException("the type was checked before");
        };
    }

    private Reply series(Request request) {
        if (request.parameters("match[]").isEmpty()) {
            throw new IllegalArgumentException("no match[] parameter provided");
        }
        ArrayNode data = JsonNodeFactory.instance.arrayNode();
        selected(request).forEach(labels -> data.add(Json.labels(labels)));
        return ApiReply.success(data);
    }

    private Reply labelNames(Request request) {
        return strings(selected(request).stream().flatMap(l -> l.values().keySet().stream()));
    }

    private Reply labelValues(Request request) {
        String label = request.variables().getFirst();
        return strings(selected(request).stream().map(l -> l.get(label)).filter(v -> !v.isEmpty()));
    }

    private static Reply strings(Stream<String> values) {
        ArrayNode data = JsonNodeFactory.instance.arrayNode();
        values.distinct().sorted().forEach(data::add);
        return ApiReply.success(data);
    }

    private List<Labels> selected(Request request) {
        List<List<LabelMatcher>> conditions = new ArrayList<>();
        for (String text : request.parameters("match[]")) {
            if (!(Parser.parse(text) instanceof Expr.Selector(List<LabelMatcher> matchers))) {
                throw new IllegalArgumentException(
                        "invalid parameter \"match[]\": found \"" + text + "\", expected a series selector");
            }
            conditions.add(matchers);
        }
        return store.labelSets(conditions);
    }

    private static long time(Request request, String name, String otherwise) {
        String text = request.parameter(name, otherwise);
        try {
            return new BigDecimal(text).movePointRight(3).longValue();
        } catch (NumberFormatException _) {
            try {
                return OffsetDateTime.parse(text).toInstant().toEpochMilli();
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(
                        "invalid parameter \"" + name + "\": cannot parse \"" + text + "\" to a valid timestamp", e);
            }
        }
    }

    private static long stepMillis(String text) {
        long millis;
        try {
            millis = new BigDecimal(text).movePointRight(3).longValue();
        } catch (NumberFormatException _) {
            millis = PromDuration.parse(text).toMillis();
        }
        if (millis <= 0) {
            throw new IllegalArgumentException(
                    "invalid parameter \"step\": zero or negative query resolution step widths are not accepted. Try a"
                            + " positive integer");
        }
        return millis;
    }
}
