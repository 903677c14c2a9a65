package airworthy.mocks.timescale;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimeScaleTest {
    private static final TimeScale THIRTY = new TimeScale(30);

    @Test
    void dividesDurationsOfPrometheusAndKeepsEveryOtherCharacter() {
        String text = """
            # scrape_interval: 30s stays in a comment
            global: {scrape_interval: 30s, evaluation_interval: "1m"}   # both
            scrape_configs:
              - job_name: 30s
                scrape_interval:   15s
                static_configs: [{targets: ['a:1'], labels: {scrape_interval: 30s}}]
            """;
        assertThat(THIRTY.prometheus(text)).isEqualTo("""
            # scrape_interval: 30s stays in a comment
            global: {scrape_interval: 1s, evaluation_interval: "2s"}   # both
            scrape_configs:
              - job_name: 30s
                scrape_interval:   500ms
                static_configs: [{targets: ['a:1'], labels: {scrape_interval: 30s}}]
            """);
    }

    @Test
    void dividesRangesInExpressionsButNotTextsOrNumbers() {
        String text = """
            groups:
              - name: a
                interval: 1m
                rules:
                  - alert: A
                    expr: |
                      rate(x{p=~"[5m]", q='[5m]'}[5m]) > 300  # not [5m] here
                        and y[1h30m] > 5
                    for: 2m
                    keep_firing_for: 90s
                    labels: {for: 5m}
                    annotations: {summary: "for 5m [5m]"}
                  - record: b
                    expr: "rate(x{p=~\\"[5m]\\"}[10m])"
            """;
        assertThat(THIRTY.rules(text)).isEqualTo("""
            groups:
              - name: a
                interval: 2s
                rules:
                  - alert: A
                    expr: |
                      rate(x{p=~"[5m]", q='[5m]'}[10s]) > 300  # not [5m] here
                        and y[3m] > 5
                    for: 4s
                    keep_firing_for: 3s
                    labels: {for: 5m}
                    annotations: {summary: "for 5m [5m]"}
                  - record: b
                    expr: "rate(x{p=~\\"[5m]\\"}[20s])"
            """);
    }

    @Test
    void dividesWaitsOfAlertmanagerAtEveryDepth() {
        String text = """
            global:
              resolve_timeout: 5m
            route:
              receiver: "é30s"
              group_wait: 10s
              routes: [{matchers: ['a="5m"'], repeat_interval: 4h, group_interval: 1m}]
            """;
        assertThat(THIRTY.alertmanager(text)).isEqualTo("""
            global:
              resolve_timeout: 10s
            route:
              receiver: "é30s"
              group_wait: 333ms
              routes: [{matchers: ['a="5m"'], repeat_interval: 8m, group_interval: 2s}]
            """);
    }

    @Test
    void leavesFilesUntouchedAtScaleOne() {
        String text = "global: {scrape_interval: 60s}\n";
        assertThat(new TimeScale(1).prometheus(text)).isEqualTo(text);
    }
}
