package airworthy.proxy;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** How many requests came, and what was done with them. Safe for any number of threads. */
final class Counts {

    private final LongAdder passed = new LongAdder();
    private final LongAdder disturbed = new LongAdder();
    private final LongAdder open = new LongAdder();
    private final Map<String, LongAdder> byKind = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> byEnding = new ConcurrentSkipListMap<>();

    void began() {
        open.increment();
    }

    /** Counts at once: a stream that hangs is seen while it hangs. */
    void disturbed(String kind) {
        byKind.computeIfAbsent(kind, _ -> new LongAdder()).increment();
    }

    void ended(Exchange exchange) {
        open.decrement();
        (exchange.disturbedBy().isEmpty() ? passed : disturbed).increment();
        byEnding.computeIfAbsent(exchange.ending().word(), _ -> new LongAdder()).increment();
    }

    long open() {
        return open.sum();
    }

    /** Returns all counts in Prometheus' text format. */
    String text() {
        StringBuilder text = new StringBuilder();
        head(text, "airworthy_proxy_requests_total", "counter", "Requests answered, disturbed or passed as they came.");
        line(text, "airworthy_proxy_requests_total{outcome=\"passed\"}", passed);
        line(text, "airworthy_proxy_requests_total{outcome=\"disturbed\"}", disturbed);
        head(text, "airworthy_proxy_disturbed_total", "counter", "Disturbed requests, once for each kind.");
        byKind.forEach((kind, count) -> line(text, "airworthy_proxy_disturbed_total{kind=\"" + kind + "\"}", count));
        head(text, "airworthy_proxy_endings_total", "counter", "How answers ended.");
        byEnding.forEach((how, count) -> line(text, "airworthy_proxy_endings_total{how=\"" + how + "\"}", count));
        head(text, "airworthy_proxy_requests_open", "gauge", "Requests that are being answered.");
        line(text, "airworthy_proxy_requests_open", open);
        return text.toString();
    }

    private static void head(StringBuilder text, String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void line(StringBuilder text, String series, LongAdder value) {
        text.append(series).append(' ').append(value.sum()).append('\n');
    }
}
