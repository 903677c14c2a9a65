package airworthy.levers;

import java.util.Optional;

/** What can be set from outside: a number. */
public interface Lever {

    /** The name that the admin API uses. */
    String key();

    /** Where it stands when it does nothing. */
    double rest();

    /** Why this value cannot be set, or empty when it can. */
    Optional<String> refusal(double value);
}
