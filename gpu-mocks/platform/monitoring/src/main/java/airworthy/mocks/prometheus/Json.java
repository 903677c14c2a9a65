package airworthy.mocks.prometheus;

import airworthy.mocks.promql.Labels;
import airworthy.mocks.promql.NumberFormat;
import airworthy.mocks.promql.Point;
import airworthy.mocks.promql.Sample;
import airworthy.mocks.promql.Series;
import airworthy.mocks.promql.Value;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;

/** Values in the shapes of Prometheus's API. */
final class Json {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Json() {}

    static ObjectNode labels(Labels labels) {
        ObjectNode json = NODES.objectNode();
        labels.values().forEach(json::put);
        return json;
    }

    /** Returns a query's data: its type and its result. */
    static ObjectNode result(Value value, long millis) {
        return switch (value) {
            case Value.Scalar(double number) -> data("scalar", point(new Point(millis, number)));
            case Value.Text(String text) ->
                data("string", NODES.arrayNode().add(seconds(millis)).add(text));
            case Value.Vector(List<Sample> samples) -> data("vector", vector(samples, millis));
            case Value.Matrix(List<Series> series) -> data("matrix", matrix(series));
        };
    }

    private static ObjectNode data(String type, ArrayNode result) {
        ObjectNode data = NODES.objectNode().put("resultType", type);
        data.set("result", result);
        return data;
    }

    private static ArrayNode vector(List<Sample> samples, long millis) {
        ArrayNode result = NODES.arrayNode();
        for (Sample sample : samples) {
            ObjectNode element = result.addObject();
            element.set("metric", labels(sample.labels()));
            element.set("value", point(new Point(millis, sample.value())));
        }
        return result;
    }

    private static ArrayNode matrix(List<Series> all) {
        ArrayNode result = NODES.arrayNode();
        for (Series series : all) {
            ObjectNode element = result.addObject();
            element.set("metric", labels(series.labels()));
            ArrayNode values = element.putArray("values");
            series.points().forEach(p -> values.add(point(p)));
        }
        return result;
    }

    private static ArrayNode point(Point point) {
        return NODES.arrayNode().add(seconds(point.millis())).add(NumberFormat.plain(point.value()));
    }

    private static BigDecimal seconds(long millis) {
        BigDecimal seconds = BigDecimal.valueOf(millis, 3).stripTrailingZeros();
        return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
    }
}
