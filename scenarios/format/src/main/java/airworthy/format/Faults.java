package airworthy.format;

import airworthy.model.Fault;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Converts {@code faults}. A new kind of fault is one more entry here and in the schema. */
final class Faults {
    private static final Map<String, Function<Cursor, Fault>> KINDS = Map.of(
            Fault.SlowTokens.KIND,
            settings -> new Fault.SlowTokens(settings.get("factor").numberAbove(1)),
            Fault.Burst.KIND,
            settings -> new Fault.Burst(settings.get("factor").numberAbove(1)),
            Fault.QuotaBurst.KIND,
            settings -> new Fault.QuotaBurst(
                    settings.get("above").integerFrom(1),
                    settings.get("withoutQuota").integerFrom(1)));

    private Faults() {}

    static Set<String> kinds() {
        return KINDS.keySet();
    }

    /** The faults in order; each kind once. */
    static List<Fault> of(Cursor faults) {
        Set<String> seen = new HashSet<>();
        return faults.items().stream()
                .flatMap(item -> item.entries().entrySet().stream())
                .flatMap(entry -> {
                    Function<Cursor, Fault> kind = KINDS.get(entry.getKey());
                    if (kind == null) {
                        return Stream.empty();
                    }
                    if (!seen.add(entry.getKey())) {
                        entry.getValue()
                                .complainOfKey(
                                        "the fault \"" + entry.getKey() + "\" a second time",
                                        "each kind of fault once in a scenario");
                    }
                    return Stream.of(kind.apply(entry.getValue()));
                })
                .toList();
    }
}
