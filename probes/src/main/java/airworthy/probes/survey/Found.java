package airworthy.probes.survey;

import airworthy.model.Event.PartFound;
import airworthy.model.Presence;
import airworthy.probes.Reading;
import java.util.List;
import java.util.function.Function;

/** Makes findings of readings. */
final class Found {
    private Found() {}

    static PartFound present(String detail) {
        return new PartFound(Presence.PRESENT, detail);
    }

    static PartFound absent(String detail) {
        return new PartFound(Presence.ABSENT, detail);
    }

    static PartFound unreadable(String detail) {
        return new PartFound(Presence.UNREADABLE, detail);
    }

    /** What was read, told as found; absent and unreadable say why themselves. */
    static <T> PartFound of(Reading<T> reading, Function<? super T, PartFound> told) {
        return switch (reading) {
            case Reading.Present<T>(T value) -> told.apply(value);
            case Reading.Absent<T>(String how) -> absent(how);
            case Reading.Unreadable<T>(String why) -> unreadable(why);
        };
    }

    /** The worst of several, all told: nothing is present unless each is, and nothing is absent while one is unknown. */
    static PartFound all(List<PartFound> parts) {
        return new PartFound(
                worst(parts),
                String.join("; ", parts.stream().map(PartFound::detail).toList()));
    }

    private static Presence worst(List<PartFound> parts) {
        return parts.stream().map(PartFound::presence).max(Presence::compareTo).orElse(Presence.ABSENT);
    }
}
