package airworthy.mocks.promql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gives Prometheus's own promtool our results as its expectations, where promtool is installed. */
class PromtoolComparisonTest {
    private static final List<String> EXPRESSIONS = List.of(
            "reqs_total",
            "gone",
            "rate(reqs_total[5m])",
            "rate(reqs_total[3m30s])",
            "increase(reqs_total[10m])",
            "irate(reqs_total[5m])",
            "delta(ready[7m])",
            "changes(ready[10m])",
            "sum by (pod) (rate(reqs_total[5m]))",
            "avg without (code) (reqs_total)",
            "max(ready)",
            "min(ready) by (node)",
            "count(ready == 1)",
            "topk(2, reqs_total)",
            "ready * on (node) group_left (zone) node_info",
            "node_info * on (node) group_right (zone) ready",
            "reqs_total / ignoring (code) group_left sum by (pod) (reqs_total)",
            "sum by (pod) (reqs_total{code=\"500\"}) / sum by (pod) (reqs_total) > 0.01",
            "ready > bool 0",
            "1 < ready or reqs_total > 100",
            "reqs_total and on (pod) ready == 1",
            "reqs_total unless on (pod) ready{pod=\"b\"}",
            "absent(nothing{pod=\"x\", node=~\"y\"})",
            "absent_over_time(nothing{pod=\"x\"}[5m])",
            "histogram_quantile(0.9, lat_bucket)",
            "histogram_quantile(0.5, sum by (le) (rate(lat_bucket[5m])))",
            "histogram_quantile(0.05, rate(lat_bucket[10m]))",
            "avg_over_time(reqs_total{pod=\"a\",code=\"200\"}[10m])",
            "sum_over_time(reqs_total[4m])",
            "count_over_time(reqs_total[10m])",
            "max_over_time(reqs_total{pod=\"a\"}[5m])",
            "min_over_time(reqs_total{pod=\"a\"}[5m])",
            "max_over_time(ready[5m])",
            "clamp_min(reqs_total, 50)",
            "clamp_max(ready, 0.5)",
            "abs(-reqs_total)",
            "-ready{pod=\"a\"}",
            "vector(time())",
            "vector(scalar(ready{pod=\"a\"}))",
            "label_replace(node_info, \"host\", \"$1-x\", \"node\", \"n(.)\")",
            "label_replace(node_info, \"zone\", \"\", \"node\", \"n1\")",
            "label_join(ready, \"id\", \"/\", \"node\", \"pod\")",
            "2 ^ 3 ^ 2 - -1 * 7 % 4 + vector(0)",
            "{__name__=~\"ready|node_info\", node!=\"n2\"}");

    @Test
    void promtoolFindsTheSameSamples(@TempDir Path folder) throws IOException, InterruptedException {
        boolean installed = runs(List.of("promtool", "--version"), folder);
        if (!installed) {
            System.out.println(
                    "not proven here: that PromQL results equal Prometheus's own (promtool is not installed)");
        }
        Assumptions.assumeTrue(installed);
        Files.writeString(folder.resolve("test.yml"), testFile());
        Process promtool = new ProcessBuilder("promtool", "test", "rules", "test.yml")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.waitFor()).as(output).isZero();
    }

    private static boolean runs(List<String> command, Path folder) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("version").toFile())
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    private static String testFile() {
        StringBuilder file = new StringBuilder("tests:\n  - interval: 1m\n    input_series:\n");
        EvaluatorTest.DATA
                .lines()
                .forEach((series, values) -> file.append("      - series: '")
                        .append(series)
                        .append("'\n        values: '")
                        .append(values)
                        .append("'\n"));
        file.append("    promql_expr_test:\n");
        for (String expression : EXPRESSIONS) {
            List<Sample> samples = EvaluatorTest.evaluate(expression);
            List<Sample> numbers =
                    samples.stream().filter(s -> !Double.isNaN(s.value())).toList();
            if (numbers.size() == samples.size()) {
                file.append(expectation(expression, samples));
            } else {
                // promtool holds no NaN equal to another, so they are counted, and the numbers compared.
                String both = "(" + expression + ") %s (" + expression + ")";
                file.append(expectation(both.formatted("=="), numbers));
                int count = samples.size() - numbers.size();
                file.append(
                        expectation("count(" + both.formatted("!=") + ")", List.of(new Sample(Labels.EMPTY, count))));
            }
        }
        return file.toString();
    }

    private static String expectation(String expression, List<Sample> samples) {
        StringBuilder file = new StringBuilder("      - expr: '" + expression + "'\n        eval_time: 10m\n");
        file.append(samples.isEmpty() ? "" : "        exp_samples:\n");
        for (Sample sample : samples) {
            file.append("          - labels: '")
                    .append(sample.labels())
                    .append("'\n            value: ")
                    .append(NumberFormat.plain(sample.value()))
                    .append('\n');
        }
        return file.toString();
    }
}
