package airworthy.probes;

import java.util.function.Function;

/**
 * What came of reading one thing.
 *
 * @param <T> what was to be read
 */
public sealed interface Reading<T> {

    /** It was there. */
    record Present<T>(T value) implements Reading<T> {}

    /**
     * It was looked for, with permissions that suffice to see it, and is not there.
     *
     * @param how what was asked and what was answered
     */
    record Absent<T>(String how) implements Reading<T> {}

    /**
     * Nothing is known of it.
     *
     * @param why what was asked and what came in place of an answer
     */
    record Unreadable<T>(String why) implements Reading<T> {}

    /** The same reading of something derived. */
    default <R> Reading<R> map(Function<? super T, ? extends R> derive) {
        return switch (this) {
            case Present<T>(T value) -> new Present<>(derive.apply(value));
            case Absent<T>(String how) -> new Absent<>(how);
            case Unreadable<T>(String why) -> new Unreadable<>(why);
        };
    }
}
