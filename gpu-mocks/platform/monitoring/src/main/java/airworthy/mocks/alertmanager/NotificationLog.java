package airworthy.mocks.alertmanager;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What each webhook was last told about each group, so that nothing is told twice before its time. */
final class NotificationLog {
    /** A webhook of a receiver, and a group. */
    record Key(String receiver, int webhook, String groupKey) {}

    private record Entry(Instant at, Set<String> firing, Set<String> resolved) {}

    private final Map<Key, Entry> entries = new ConcurrentHashMap<>();

    /** Decides as Alertmanager's deduplication does whether to notify. */
    boolean isNews(
            Key key,
            Set<String> firing,
            Set<String> resolved,
            Receiver.Resolved sending,
            Instant now,
            Duration repeatInterval) {
        Optional<Entry> told = Optional.ofNullable(entries.get(key));
        if (told.isEmpty()) {
            return !firing.isEmpty();
        }
        Entry entry = told.get();
        if (!entry.firing().containsAll(firing)) {
            return true;
        }
        if (firing.isEmpty()) {
            return !entry.firing().isEmpty();
        }
        if (sending == Receiver.Resolved.SENT && !entry.resolved().containsAll(resolved)) {
            return true;
        }
        return entry.at().isBefore(now.minus(repeatInterval));
    }

    /** Notes what was told. */
    void note(Key key, Set<String> firing, Set<String> resolved, Instant now) {
        entries.put(key, new Entry(now, Set.copyOf(firing), Set.copyOf(resolved)));
    }
}
