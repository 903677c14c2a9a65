package airworthy.proxy;

import java.util.Locale;
import java.util.Optional;

/** Whose requests may be disturbed. */
sealed interface Chosen {

    /**
     * Only those that carry a header, which the harness sends and nobody else.
     *
     * @param name the header's name
     * @param value the header's value, as a whole
     */
    record Marked(String name, String value) implements Chosen {

        /** Reads {@code name: value}, or nothing where it is not of this form. */
        static Optional<Marked> parse(String header) {
            int colon = header.indexOf(':');
            if (colon < 1) {
                return Optional.empty();
            }
            String name = header.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            String value = header.substring(colon + 1).strip();
            return name.isEmpty() || value.isEmpty() ? Optional.empty() : Optional.of(new Marked(name, value));
        }
    }

    /** Everybody's. */
    record LiveTraffic() implements Chosen {}

    /** Whether this request is one of them. */
    default boolean has(Head request) {
        return switch (this) {
            case Marked(String name, String value) ->
                request.field(name).filter(value::equals).isPresent();
            case LiveTraffic _ -> true;
        };
    }
}
