package airworthy.format;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What reading something came to: a value, or all that is wrong with it.
 *
 * @param <T> what was to be read
 */
public sealed interface Read<T> {

    /** It could be read. */
    record Ok<T>(T value) implements Read<T> {}

    /** It could not; there is at least one problem. */
    record Bad<T>(List<Problem> problems) implements Read<T> {
        public Bad {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("what could not be read has a problem");
            }
        }
    }

    /** Nothing if it could be read. */
    default List<Problem> problems() {
        return switch (this) {
            case Ok<T> _ -> List.of();
            case Bad<T>(List<Problem> problems) -> problems;
        };
    }

    /** Goes on with the value, if there is one. */
    default <U> Read<U> then(Function<? super T, Read<U>> next) {
        return switch (this) {
            case Ok<T>(T value) -> next.apply(value);
            case Bad<T>(List<Problem> problems) -> new Bad<>(problems);
        };
    }

    /** The value, made only where nothing is wrong. */
    static <T> Read<T> unless(List<Problem> problems, Supplier<T> value) {
        return problems.isEmpty() ? new Ok<>(value.get()) : new Bad<>(problems);
    }

    /** Not readable for one reason. */
    static <T> Read<T> bad(Problem problem) {
        return new Bad<>(List.of(problem));
    }
}
