package airworthy.mocks.inference;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What the engine did, under vLLM's names. Every figure comes from a stamp taken when the thing happened. */
final class EngineMetrics {

    // Tokens that fit the simulated key-value cache: 16 tokens a block, 8192 blocks.
    private static final double CACHE_TOKENS = 131_072;

    final AtomicLong running = new AtomicLong();
    final AtomicLong waiting = new AtomicLong();
    final AtomicLong cachedTokens = new AtomicLong();
    final AtomicLong promptTokens = new AtomicLong();
    final AtomicLong generationTokens = new AtomicLong();
    final Histogram firstToken = new Histogram(Histogram.FIRST_TOKEN);
    final Histogram interToken = new Histogram(Histogram.TOKEN);
    final Histogram perOutputToken = new Histogram(Histogram.TOKEN);
    final Histogram endToEnd = new Histogram(Histogram.REQUEST);
    final Histogram queued = new Histogram(Histogram.REQUEST);

    private final Map<Finish, Long> finished = new ConcurrentHashMap<>();
    private final String labels;
    private final boolean alone;

    /** @param alone whether nothing else runs in this process */
    EngineMetrics(String model, boolean alone) {
        this.alone = alone;
        this.labels = "engine=\"0\",model_name=\"%s\""
                .formatted(model.replace("\\", "\\\\").replace("\"", "\\\""));
    }

    String labels() {
        return labels;
    }

    void finished(Finish why) {
        finished.merge(why, 1L, Long::sum);
    }

    /** Returns the text exposition, format 0.0.4. */
    String text() {
        StringBuilder out = new StringBuilder(8192);
        gauge(out, "num_requests_running", "Number of requests in model execution batches.", (double) running.get());
        gauge(out, "num_requests_waiting", "Number of requests waiting to be processed.", (double) waiting.get());
        gauge(
                out,
                "kv_cache_usage_perc",
                "KV-cache usage. 1 means 100 percent usage.",
                cachedTokens.get() / CACHE_TOKENS);
        counter(out, "prompt_tokens_total", "Number of prefill tokens processed.", promptTokens.get());
        counter(out, "generation_tokens_total", "Number of generation tokens processed.", generationTokens.get());
        head(out, "request_success_total", "Count of successfully processed requests.", "counter");
        for (Finish why : Finish.values()) {
            out.append("vllm:request_success_total{%s,finished_reason=\"%s\"} %d\n"
                    .formatted(labels, why.word(), finished.getOrDefault(why, 0L)));
        }
        histogram(out, "time_to_first_token_seconds", "Histogram of time to first token in seconds.", firstToken);
        histogram(out, "inter_token_latency_seconds", "Histogram of inter-token latency in seconds.", interToken);
        histogram(
                out,
                "request_time_per_output_token_seconds",
                "Histogram of time_per_output_token_seconds per request.",
                perOutputToken);
        histogram(out, "e2e_request_latency_seconds", "Histogram of e2e request latency in seconds.", endToEnd);
        histogram(out, "request_queue_time_seconds", "Histogram of time spent in WAITING phase for request.", queued);
        if (alone) {
            processor(out);
        }
        return out.toString();
    }

    /** As every client library of Prometheus tells it. */
    private static void processor(StringBuilder out) {
        double seconds = ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toMillis()
                / 1e3;
        out.append("# HELP process_cpu_seconds_total Total user and system CPU time spent in seconds.\n"
                + "# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total %s\n".formatted(seconds));
    }

    private void gauge(StringBuilder out, String name, String help, double value) {
        head(out, name, help, "gauge");
        out.append("vllm:%s{%s} %s\n".formatted(name, labels, value));
    }

    private void counter(StringBuilder out, String name, String help, long value) {
        head(out, name, help, "counter");
        out.append("vllm:%s{%s} %d\n".formatted(name, labels, value));
    }

    private void histogram(StringBuilder out, String name, String help, Histogram histogram) {
        head(out, name, help, "histogram");
        histogram.write(out, "vllm:" + name, labels);
    }

    private static void head(StringBuilder out, String name, String help, String type) {
        out.append("# HELP vllm:%s %s\n# TYPE vllm:%s %s\n".formatted(name, help, name, type));
    }
}
