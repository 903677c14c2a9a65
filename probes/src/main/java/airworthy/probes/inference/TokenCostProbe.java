package airworthy.probes.inference;

import airworthy.probes.Reading;
import airworthy.probes.prometheus.PromDuration;
import airworthy.probes.prometheus.PrometheusProbe;
import airworthy.probes.prometheus.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What processor time the tokens of one replica have taken lately, by way of Prometheus. Counters are compared over one
 * window, so it does not matter how much load there was, as long as there was some. Thread-safe.
 */
public final class TokenCostProbe {
    private static final String TOKENS = "vllm:inter_token_latency_seconds_count";
    private static final String GAPS = "vllm:inter_token_latency_seconds_bucket";

    /** The shortest that holds enough tokens: what a replica did while nobody asked it counts for nothing. */
    private static final List<Duration> WINDOWS = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(3),
            Duration.ofHours(24));

    /** Fewer would tell more of the replica's idling, or of its start, than of its tokens. */
    private static final int LEAST_TOKENS = 500;

    private final PrometheusProbe prometheus;

    public TokenCostProbe(PrometheusProbe prometheus) {
        this.prometheus = prometheus;
    }

    /**
     * The cost of one replica's tokens. Absent if the replica made too few tokens, or if nobody tells its processor time.
     *
     * @param container that of the pod in which the engine runs
     */
    public Reading<TokenCost> of(String namespace, String pod, String container) throws InterruptedException {
        for (Duration window : WINDOWS) {
            switch (figure("sum(increase(" + TOKENS + of(namespace, pod, "", window) + "))")) {
                case Reading.Unreadable<OptionalDouble>(String why) -> {
                    return new Reading.Unreadable<>(why);
                }
                case Reading.Absent<OptionalDouble>(String how) -> {
                    return new Reading.Absent<>(how);
                }
                case Reading.Present<OptionalDouble>(OptionalDouble tokens) -> {
                    if (tokens.orElse(0) >= LEAST_TOKENS) {
                        return cost(new Window(namespace, pod, container, window, tokens.orElse(0)));
                    }
                }
            }
        }
        return new Reading.Absent<>("pod " + namespace + "/" + pod + " made fewer than " + LEAST_TOKENS
                + " tokens in the last " + WINDOWS.getLast().toHours() + " h by " + TOKENS
                + ", so nobody knows what a token costs it: let users or `airworthy load` use it first");
    }

    /** The kubelet's figure is of the whole container; the engine's own is of one process, and there may be more. */
    private Reading<TokenCost> cost(Window window) throws InterruptedException {
        String container = "container_cpu_usage_seconds_total"
                + of(window.namespace, window.pod, ",container=\"" + window.container + "\"", window.length);
        String process = "process_cpu_seconds_total" + of(window.namespace, window.pod, "", window.length);
        for (String series : List.of(container, process)) {
            switch (figure("sum(increase(" + series + "))")) {
                case Reading.Unreadable<OptionalDouble>(String why) -> {
                    return new Reading.Unreadable<>(why);
                }
                case Reading.Absent<OptionalDouble>(String how) -> {
                    return new Reading.Absent<>(how);
                }
                case Reading.Present<OptionalDouble>(OptionalDouble seconds) -> {
                    if (seconds.orElse(0) > 0) {
                        return cost(window, seconds.orElse(0), series);
                    }
                }
            }
        }
        return new Reading.Absent<>("nobody tells what processor time pod " + window.namespace + "/" + window.pod
                + " uses: Prometheus has neither " + container + " nor " + process);
    }

    private Reading<TokenCost> cost(Window window, double seconds, String series) throws InterruptedException {
        Reading<OptionalDouble> gap = figure("histogram_quantile(0.5, sum by (le) (rate(" + GAPS
                + of(window.namespace, window.pod, "", window.length) + ")))");
        return switch (gap) {
            case Reading.Present<OptionalDouble>(OptionalDouble median)
            when median.isPresent() ->
                new Reading.Present<>(new TokenCost(
                        nanos(seconds / window.tokens),
                        nanos(median.getAsDouble()),
                        String.format(
                                Locale.ROOT,
                                "%.1f s of %s for %.0f tokens in %s",
                                seconds,
                                series.substring(0, series.indexOf('{')),
                                window.tokens,
                                PromDuration.format(window.length))));
            case Reading.Present<OptionalDouble> _ -> new Reading.Absent<>("Prometheus has no buckets of " + GAPS);
            case Reading.Absent<OptionalDouble>(String how) -> new Reading.Absent<>(how);
            case Reading.Unreadable<OptionalDouble>(String why) -> new Reading.Unreadable<>(why);
        };
    }

    private static Duration nanos(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    private static String of(String namespace, String pod, String more, Duration window) {
        return "{namespace=\"%s\",pod=\"%s\"%s}[%s]".formatted(namespace, pod, more, PromDuration.format(window));
    }

    /** One number, if there is one: of no series Prometheus makes an empty list, and of nothing NaN. */
    private Reading<OptionalDouble> figure(String query) throws InterruptedException {
        return prometheus
                .query(query)
                .map(samples -> samples.stream()
                        .mapToDouble(Sample::value)
                        .filter(Double::isFinite)
                        .findFirst());
    }

    private record Window(String namespace, String pod, String container, Duration length, double tokens) {}
}
