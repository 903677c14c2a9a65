package airworthy.reports.judge;

import airworthy.model.History.Stamped;
import airworthy.model.Interval;
import airworthy.model.RequestRecord;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How figures are written in messages: one form everywhere, whatever the machine's locale. */
final class Say {
    private Say() {}

    static String time(long nanos) {
        if (nanos == Samples.NEVER) {
            return "never";
        }
        if (nanos == 0) {
            return "0 s";
        }
        long size = Math.abs(nanos);
        if (size < 10_000_000L) {
            return String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
        }
        return size < 1_000_000_000L
                ? String.format(Locale.ROOT, "%.0f ms", nanos / 1e6)
                : String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }

    static String time(Duration duration) {
        return time(duration.toNanos());
    }

    static String time(Interval interval) {
        return interval.error().isZero()
                ? time(interval.length())
                : time(interval.length()) + " (± " + time(interval.error()) + ")";
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", share * 100);
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String journal(Stamped<?> stamped) {
        return journal(stamped.seq());
    }

    static String journal(long seq) {
        return "journal:" + seq;
    }

    static String request(RequestRecord request) {
        return "load:" + request.stream() + "#" + request.number();
    }

    static String names(Iterable<String> names) {
        String joined = String.join(", ", names);
        return joined.isEmpty() ? "nobody" : joined;
    }

    static List<String> requests(List<RequestRecord> requests) {
        return requests.stream().limit(3).map(Say::request).toList();
    }
}
