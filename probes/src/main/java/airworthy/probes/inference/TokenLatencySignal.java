package airworthy.probes.inference;

import airworthy.model.WorkloadRef;
import airworthy.probes.Reading;
import airworthy.probes.prometheus.PromDuration;
import airworthy.probes.prometheus.PrometheusProbe;
import airworthy.probes.prometheus.Sample;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The time between tokens as the replicas themselves export it, by way of Prometheus. Thread-safe. */
public final class TokenLatencySignal {
    /** The histogram's name in vLLM's versions, newest first. */
    private static final List<String> HISTOGRAMS = List.of(
            "vllm:inter_token_latency_seconds",
            "vllm:request_time_per_output_token_seconds",
            "vllm:time_per_output_token_seconds");
    /** A rate needs two scrapes; four leave room for one that is missed. */
    private static final int SCRAPES = 4;

    private final PrometheusProbe prometheus;

    public TokenLatencySignal(PrometheusProbe prometheus) {
        this.prometheus = prometheus;
    }

    /**
     * The mean seconds between tokens over the last four scrapes, by pod. Absent if no replica exports one of the known
     * histograms or none made tokens. Pods are chosen by the workload's name and a dash, so the map may hold pods of
     * another workload whose name begins so too: look up the pods that you know.
     *
     * @param scrape how often the replicas are scraped
     */
    public Reading<Map<String, Double>> perReplica(WorkloadRef workload, Duration scrape) throws InterruptedException {
        for (String histogram : HISTOGRAMS) {
            Reading<List<Sample>> samples = prometheus.query(query(histogram, workload, scrape));
            if (!(samples instanceof Reading.Present<List<Sample>>(List<Sample> found))) {
                return samples.map(none -> Map.of());
            }
            Map<String, Double> means = byPod(found);
            if (!means.isEmpty()) {
                return new Reading.Present<>(means);
            }
        }
        return new Reading.Absent<>("no pod of " + workload + " made tokens in the last "
                + scrape.multipliedBy(SCRAPES).toSeconds() + " s by " + String.join(", ", HISTOGRAMS));
    }

    private static String query(String histogram, WorkloadRef workload, Duration scrape) {
        String pods = "{namespace=\"%s\",pod=~\"%s-.*\"}[%s]"
                .formatted(
                        workload.namespace(),
                        workload.name().replace(".", "\\\\."),
                        PromDuration.format(scrape.multipliedBy(SCRAPES)));
        return "sum by (pod)(rate(" + histogram + "_sum" + pods + ")) / sum by (pod)(rate(" + histogram + "_count"
                + pods + "))";
    }

    /** A replica that made no token has no mean: Prometheus gives 0 / 0. */
    private static SortedMap<String, Double> byPod(List<Sample> samples) {
        SortedMap<String, Double> means = new TreeMap<>();
        for (Sample sample : samples) {
            String pod = sample.labels().get("pod");
            if (pod != null && Double.isFinite(sample.value())) {
                means.put(pod, sample.value());
            }
        }
        return Collections.unmodifiableSortedMap(means);
    }
}
