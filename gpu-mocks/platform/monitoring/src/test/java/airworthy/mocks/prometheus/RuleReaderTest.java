package airworthy.mocks.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import airworthy.mocks.monitoring.ConfigException;
import airworthy.mocks.monitoring.ConfigFile;
import airworthy.mocks.promql.Labels;
import airworthy.mocks.promql.Sample;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleReaderTest {
    @Test
    void namesTheLineOfAFunctionOutsideTheSubset() {
        String text = """
            groups:
              - name: g
                rules:
                  - alert: A
                    expr: |
                      up == 0
                        or predict_linear(x[5m], 60) < 0
            """;
        assertThatThrownBy(() -> RuleReader.read(new ConfigFile("rules.yml", text), Duration.ofSeconds(1)))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(
                        "rules.yml:7: expr: function \"predict_linear\" is not in the subset this simulation"
                                + " evaluates; supported: abs,");
    }

    @Test
    void namesAnUnknownKeyAndItsPlace() {
        String text = "groups:\n  - name: g\n    rules:\n      - {alert: A, expr: up, fro: 5m}\n";
        assertThatThrownBy(() -> RuleReader.read(new ConfigFile("rules.yml", text), Duration.ofSeconds(1)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("rules.yml:4:")
                .hasMessageContaining("found key \"fro\"");
    }

    @ParameterizedTest
    @CsvSource({
        "1234567, 1.235M, 14d 6h 56m 7s, 1.235e+08%",
        "0.25, 250m, 250ms, 25%",
        "42, 42, 42s, 4200%",
        "0, 0, 0s, 0%",
        "-90, -90, -1m 30s, -9000%"
    })
    void writesValuesAsPrometheusTemplatesDo(double value, String humanized, String duration, String percentage) {
        String source =
                "{{ $value | humanize }}|{{$value|humanizeDuration}}|{{ .Value | humanizePercentage }} {{- $labels.a"
                        + " }}";
        assertThat(AlertTemplate.parse(source).fill(Labels.of(Map.of("a", "!")), value))
                .isEqualTo(humanized + "|" + duration + "|" + percentage + "!");
    }

    @Test
    void refusesATemplateFunctionByName() {
        assertThatThrownBy(() -> AlertTemplate.parse("{{ $value | toUpper }}"))
                .hasMessageContaining("template function \"toUpper\"");
    }

    @Test
    void readsEscapesAndSpecialNumbersOfTheTextFormat() {
        String page = """
            # HELP x help
            # TYPE x gauge
            x{a="q\\"\\\\n\\n",b=""} +Inf 1700000000000
            y 1.5e3
            """;
        assertThat(Exposition.parse(page))
                .containsExactly(
                        new Sample(Labels.of(Map.of("__name__", "x", "a", "q\"\\n\n")), Double.POSITIVE_INFINITY),
                        new Sample(Labels.of(Map.of("__name__", "y")), 1500));
    }
}
