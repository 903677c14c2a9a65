package airworthy.mocks.prometheus;

import airworthy.mocks.promql.Labels;
import java.time.Duration;
import java.util.List;

/** What this simulation takes from prometheus.yml. */
record PrometheusConfig(
        Duration evaluationInterval, Labels externalLabels, List<String> ruleFiles, List<ScrapeJob> jobs) {}
