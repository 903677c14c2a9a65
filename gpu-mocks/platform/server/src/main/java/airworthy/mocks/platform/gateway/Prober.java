package airworthy.mocks.platform.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Sends small canary streams to replicas that were left, one at a time to each, so that they can come back. */
final class Prober implements AutoCloseable {

    // Eleven tokens make ten gaps: a window.
    private static final int CANARY_TOKENS = 11;
    private static final int SILENCE_MILLIS = 5_000;

    private final Collection<ModelRoute> routes;
    private final Set<Replica> underWay = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Prober(Collection<ModelRoute> routes) {
        this.routes = routes;
    }

    void start(Duration every) {
        threads.execute(() -> {
            try {
                while (!threads.isShutdown()) {
                    Thread.sleep(every);
                    probeAll();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void probeAll() {
        for (ModelRoute route : routes) {
            for (Replica replica : route.balancer().ejected()) {
                if (underWay.add(replica)) {
                    threads.execute(() -> probe(route, replica));
                }
            }
        }
    }

    private void probe(ModelRoute route, Replica replica) {
        Gaps gaps = new Gaps();
        try (Upstream upstream = Upstream.connect(replica.address())) {
            upstream.limitSilence(SILENCE_MILLIS);
            stream(route.model(), upstream, gaps);
            route.balancer().probed(replica, gaps.firstByteNanos, gaps.medianNanos());
        } catch (IOException e) {
            route.balancer().probeFailed(replica);
        } finally {
            underWay.remove(replica);
        }
    }

    private static void stream(String model, Upstream upstream, Gaps gaps) throws IOException {
        String canary =
                "{\"model\": \"%s\", \"max_tokens\": %d, \"stream\": true, \"temperature\": 0, \"messages\": [{\"role\": \"user\", \"content\": \"canary\"}]}"
                        .formatted(model, CANARY_TOKENS);
        AnswerReader reader = new AnswerReader(gaps, true, System.nanoTime());
        Upstream.Head head = upstream.post(
                "/v1/chat/completions",
                canary.getBytes(StandardCharsets.UTF_8),
                Map.of("X-Request-Id", "gateway-canary"));
        if (head.status() != 200) {
            throw new IOException("canary: found status " + head.status() + ", expected 200");
        }
        byte[] buffer = new byte[4096];
        for (int count = head.body().read(buffer);
                count >= 0;
                count = head.body().read(buffer)) {
            reader.read(buffer, count, System.nanoTime());
        }
        if (gaps.nanos.isEmpty()) {
            throw new IOException("canary: found no tokens");
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static final class Gaps implements StreamWatch {
        private final List<Long> nanos = new ArrayList<>();
        private long firstByteNanos;

        @Override
        public void firstByte(long first) {
            firstByteNanos = first;
        }

        @Override
        public void gap(long gap) {
            nanos.add(gap);
        }

        @Override
        public void close() {}

        long medianNanos() {
            return LatencyTrack.median(nanos.stream().mapToLong(Long::longValue).toArray());
        }
    }
}
