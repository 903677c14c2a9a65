package airworthy.mocks.platform.gateway;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Counters of the gateway as text exposition. */
final class GatewayMetrics {

    private final Map<String, LongAdder> requests = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> badKeys = new ConcurrentSkipListMap<>();

    void count(AccessRecord request) {
        String labels = "tenant=\"%s\",model=\"%s\",code=\"%d\""
                .formatted(escaped(request.tenant()), escaped(request.model()), request.status());
        requests.computeIfAbsent(labels, absent -> new LongAdder()).increment();
        if (!request.badKey().isEmpty()) {
            badKeys.computeIfAbsent(
                            "client=\"%s\",reason=\"%s\"".formatted(escaped(request.client()), request.badKey()),
                            absent -> new LongAdder())
                    .increment();
        }
    }

    String text(Collection<Replica> ready, List<Replica> ejected) {
        StringBuilder out = new StringBuilder();
        out.append("# HELP gateway_requests_total Requests answered or refused.\n");
        out.append("# TYPE gateway_requests_total counter\n");
        requests.forEach(
                (labels, count) -> out.append("gateway_requests_total{%s} %d\n".formatted(labels, count.sum())));
        out.append("# HELP gateway_bad_keys_total Requests refused for their key.\n");
        out.append("# TYPE gateway_bad_keys_total counter\n");
        badKeys.forEach(
                (labels, count) -> out.append("gateway_bad_keys_total{%s} %d\n".formatted(labels, count.sum())));
        out.append("# HELP gateway_replica_ejected Whether a replica gets no requests because it is an outlier.\n");
        out.append("# TYPE gateway_replica_ejected gauge\n");
        for (Replica replica : ready) {
            out.append("gateway_replica_ejected{namespace=\"%s\",pod=\"%s\"} %d\n"
                    .formatted(replica.namespace(), replica.pod(), ejected.contains(replica) ? 1 : 0));
        }
        return out.toString();
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
