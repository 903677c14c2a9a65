package airworthy.mocks.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluatorTest {
    static final LoadedSeries DATA = LoadedSeries.of(
            "reqs_total{pod=\"a\", code=\"200\"}", "0 60 120 180 240 300 360 420 480 540 600",
            "reqs_total{pod=\"a\", code=\"500\"}", "0 0 0 0 0 6 12 3 9 15 21",
            "reqs_total{pod=\"b\", code=\"200\"}", "100 130 _ 190 220 250 280 310 340 370 400",
            "ready{pod=\"a\", node=\"n1\"}", "1 1 1 1 1 0 0 1 1 1 1",
            "ready{pod=\"b\", node=\"n2\"}", "1 1 1 1 1 1 1 1 1 NaN NaN",
            "node_info{node=\"n1\", zone=\"z1\"}", "1 1 1 1 1 1 1 1 1 1 1",
            "node_info{node=\"n2\", zone=\"z2\"}", "1 1 1 1 1 1 1 1 1 1 1",
            "gone{pod=\"c\"}", "5 5 5 5 5 5 5 stale",
            "lat_bucket{le=\"0.1\"}", "0 1 2 3 4 5 6 7 8 9 10",
            "lat_bucket{le=\"1\"}", "0 4 8 12 16 20 24 28 32 36 40",
            "lat_bucket{le=\"+Inf\"}", "0 5 10 15 20 25 30 35 40 45 50");
    private static final long TEN_MINUTES = 10 * LoadedSeries.STEP_MILLIS;

    static List<Sample> evaluate(String expression) {
        Evaluator evaluator = new Evaluator(DATA, Duration.ofMinutes(5));
        return switch (evaluator.evaluate(Parser.parse(expression), TEN_MINUTES)) {
            case Value.Vector(List<Sample> samples) -> samples;
            case Value.Scalar(double value) -> List.of(new Sample(Labels.EMPTY, value));
            case Value.Matrix _, Value.Text _ -> throw new AssertionError(expression + " is no vector");
        };
    }

    private static String printed(String expression) {
        return evaluate(expression).stream()
                .map(s -> s.labels() + " " + NumberFormat.plain(s.value()))
                .sorted()
                .collect(Collectors.joining("; "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "1 + 2 * 3 ^ 2 | {} 19",
                "-2 ^ 2 | {} -4",
                "7 % 4 | {} 3",
                "gone | ~~",
                "ready{pod=\"a\"} == 1 | ready{node=\"n1\", pod=\"a\"} 1",
                "ready == bool 1 | {node=\"n1\", pod=\"a\"} 1; {node=\"n2\", pod=\"b\"} 0",
                "sum(reqs_total) by (pod) | {pod=\"a\"} 621; {pod=\"b\"} 400",
                "sum without (code, pod) (reqs_total) | {} 1021",
                "min(ready) | {} 1",
                "max(reqs_total) | {} 600",
                "count(reqs_total) | {} 3",
                "topk(1, reqs_total) | reqs_total{code=\"200\", pod=\"a\"} 600",
                "rate(reqs_total{pod=\"a\",code=\"200\"}[5m]) | {code=\"200\", pod=\"a\"} 1",
                "increase(reqs_total{code=\"500\"}[5m]) | {code=\"500\", pod=\"a\"} 27",
                "irate(reqs_total{pod=\"b\"}[5m]) | {code=\"200\", pod=\"b\"} 0.5",
                "changes(ready{pod=\"a\"}[10m]) | {node=\"n1\", pod=\"a\"} 2",
                "absent(nothing{pod=\"x\", node=~\"y\"}) | {pod=\"x\"} 1",
                "absent_over_time(gone[10m]) | ~~",
                "ready * on (node) group_left (zone) node_info | {node=\"n1\", pod=\"a\", zone=\"z1\"} 1;"
                        + " {node=\"n2\", pod=\"b\", zone=\"z2\"} NaN",
                "histogram_quantile(0.5, lat_bucket) | {} 0.55",
                "histogram_quantile(0.99, rate(lat_bucket[5m])) | {} 1",
                "reqs_total unless on (pod) ready{pod=\"b\"} | reqs_total{code=\"200\", pod=\"a\"} 600;"
                        + " reqs_total{code=\"500\", pod=\"a\"} 21",
                "label_replace(node_info, \"host\", \"$1-x\", \"node\", \"n(.)\") | node_info{host=\"1-x\","
                        + " node=\"n1\", zone=\"z1\"} 1; node_info{host=\"2-x\", node=\"n2\", zone=\"z2\"} 1",
                "label_join(ready{pod=\"a\"}, \"id\", \"/\", \"node\", \"pod\") | ready{id=\"n1/a\", node=\"n1\","
                        + " pod=\"a\"} 1",
                "scalar(node_info) | {} NaN",
                "time() | {} 600",
                "clamp_max(reqs_total{pod=\"b\"}, 10) | {code=\"200\", pod=\"b\"} 10",
            })
    void evaluatesAsPrometheusDocumentsIt(String expression, String expected) {
        assertThat(printed(expression)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ready + on () node_info | found duplicate series for the match group {} on the right hand-side",
                "reqs_total / on (pod) ready | multiple matches for labels: many-to-one matching must be explicit",
                "label_replace(sum by (node) (node_info), \"node\", \"x\", \"\", \"\") | same labelset",
            })
    void refusesWhatIsAmbiguous(String expression, String reason) {
        assertThatThrownBy(() -> evaluate(expression))
                .isInstanceOf(PromqlException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "up + predict_linear(x[5m], 3) | 1:6: parse error: function \"predict_linear\" is not in the subset",
                "quantile(0.9, x) | 1:1: parse error: aggregation \"quantile\" is not in the subset",
                "x offset 5m | 1:3: parse error: modifier \"offset\" is not in the subset",
                "rate(x[5m:1m]) | a subquery is not in the subset",
                "rate(x) | expected type matrix in call to function \"rate\", got vector",
                "1 == 2 | comparisons between scalars must use BOOL modifier",
                "{a=~\".*\"} | vector selector must contain at least one non-empty matcher",
                "sum(x | found end of input, expected \")\"",
            })
    void refusesByNameAndPlaceWhatIsNotInTheSubset(String expression, String reason) {
        assertThatThrownBy(() -> Parser.parse(expression))
                .isInstanceOf(PromqlException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void comparesNaNWithNothing() {
        assertThat(evaluate("ready{pod=\"b\"} == ready{pod=\"b\"}")).isEmpty();
        assertThat(evaluate("ready{pod=\"b\"} != ready{pod=\"b\"}")).hasSize(1);
    }
}
