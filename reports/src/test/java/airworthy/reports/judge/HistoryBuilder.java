package airworthy.reports.judge;

import airworthy.model.Event;
import airworthy.model.History;
import airworthy.model.RequestRecord;
import airworthy.model.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/** Writes a history by hand: events at seconds since the start of the run, in any order. */
final class HistoryBuilder {
    static final Instant START = Instant.parse("2026-11-21T09:00:00Z");

    private record Written(Stamp at, Event event) {}

    private final List<Written> written = new ArrayList<>();
    private final List<RequestRecord> load = new ArrayList<>();

    static long ns(double seconds) {
        return Math.round(seconds * 1e9);
    }

    HistoryBuilder at(double seconds, Event event) {
        return at(seconds, "harness", 0, event);
    }

    HistoryBuilder at(double seconds, String source, double errorSeconds, Event event) {
        Instant wall = START.plus(Duration.ofNanos(ns(seconds)));
        written.add(new Written(new Stamp(source, ns(seconds), wall, ns(errorSeconds)), event));
        return this;
    }

    HistoryBuilder without(Predicate<Event> unwanted) {
        written.removeIf(each -> unwanted.test(each.event()));
        return this;
    }

    HistoryBuilder change(UnaryOperator<Event> change) {
        written.replaceAll(each -> new Written(each.at(), change.apply(each.event())));
        return this;
    }

    /** Sends requests at a steady rate, the first at {@code from}; each is made from its intended nanoseconds. */
    HistoryBuilder load(double from, double to, double perSecond, Function<Long, RequestRecord> request) {
        LongStream.range(0, Math.round((to - from) * perSecond))
                .mapToObj(i -> request.apply(ns(from) + Math.round(i * 1e9 / perSecond)))
                .forEach(load::add);
        return this;
    }

    HistoryBuilder changeLoad(UnaryOperator<RequestRecord> change) {
        load.replaceAll(change);
        return this;
    }

    HistoryBuilder withoutLoad(Predicate<RequestRecord> unwanted) {
        load.removeIf(unwanted);
        return this;
    }

    History build() {
        written.sort(Comparator.comparingLong(each -> each.at().monoNs()));
        List<History.Entry> entries = new ArrayList<>();
        written.forEach(each -> entries.add(new History.Entry(entries.size(), each.at(), each.event())));
        return new History(entries, load);
    }
}
