package airworthy.format;

import airworthy.model.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Converts {@code faults}. A new kind of fault is one more entry here and in the schema. */
final class Faults {
    private static final Map<String, Function<Cursor, Fault>> KINDS = Map.ofEntries(
            Map.entry(
                    Fault.Overspend.KIND,
                    settings -> new Fault.Overspend(settings.get("factor").numberFrom(2))),
            Map.entry(
                    Fault.BadCredentials.KIND,
                    settings -> new Fault.BadCredentials(
                            settings.get("attempts").integerFrom(1),
                            settings.get("within").positiveDuration())),
            Map.entry(
                    Fault.SlowTokens.KIND,
                    settings -> new Fault.SlowTokens(settings.get("factor").numberAbove(1))),
            Map.entry(
                    Fault.Burst.KIND,
                    settings -> new Fault.Burst(settings.get("factor").numberAbove(1))),
            Map.entry(Fault.DeviceLost.KIND, _ -> new Fault.DeviceLost()),
            Map.entry(
                    Fault.DriverMismatch.KIND,
                    settings -> new Fault.DriverMismatch(settings.get("library").text())),
            Map.entry(
                    Fault.MemoryFragmented.KIND,
                    settings -> new Fault.MemoryFragmented(settings.get("piece").shareWithin())),
            Map.entry(
                    Fault.MemoryExhausted.KIND,
                    settings -> new Fault.MemoryExhausted(settings.get("left").shareWithin())),
            Map.entry(
                    Fault.MemoryHeld.KIND,
                    settings ->
                            new Fault.MemoryHeld(settings.get("leaveFreeMiB").longFrom(0))),
            Map.entry(
                    Fault.NoisyNeighbour.KIND,
                    settings -> new Fault.NoisyNeighbour(settings.get("duty").shareWithin())),
            Map.entry(
                    Fault.QuotaBurst.KIND,
                    settings -> new Fault.QuotaBurst(
                            settings.get("above").integerFrom(1),
                            settings.get("withoutQuota").integerFrom(1))));

    private Faults() {}

    static Set<String> kinds() {
        return Stream.of(KINDS, DownloadFaults.KINDS)
                .flatMap(kinds -> kinds.keySet().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The faults in order; each kind once. */
    static List<Fault> of(Cursor faults) {
        Set<String> seen = new HashSet<>();
        List<Fault> all = new ArrayList<>();
        for (Cursor item : faults.items()) {
            for (Map.Entry<String, Cursor> entry : item.entries().entrySet()) {
                if (kind(entry.getKey()).isPresent() && !seen.add(entry.getKey())) {
                    entry.getValue()
                            .complainOfKey(
                                    "the fault \"" + entry.getKey() + "\" a second time",
                                    "each kind of fault once in a scenario");
                }
                known(entry).forEach(all::add);
            }
        }
        return List.copyOf(all);
    }

    /** The one fault of a mapping; empty where the schema has complained of it. */
    static Optional<Fault> one(Cursor fault) {
        return fault.entries().entrySet().stream().flatMap(Faults::known).findFirst();
    }

    private static Stream<Fault> known(Map.Entry<String, Cursor> entry) {
        return kind(entry.getKey()).stream().map(kind -> kind.apply(entry.getValue()));
    }

    private static Optional<Function<Cursor, Fault>> kind(String key) {
        return Stream.of(KINDS, DownloadFaults.KINDS)
                .flatMap(kinds -> Stream.ofNullable(kinds.get(key)))
                .findFirst();
    }
}
