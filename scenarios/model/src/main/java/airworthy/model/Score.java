package airworthy.model;

/**
 * Points from 0 to 10, with what unknowns could make of them.
 *
 * @param value the score, or {@link Value.Inconclusive}
 * @param atLeast the score if every unknown were not met
 * @param atMost the score if every unknown were met
 */
public record Score(Value value, double atLeast, double atMost) {

    /** A number or the reason why there is none. */
    public sealed interface Value {
        /** A score from 0 to 10. */
        record Points(double points) implements Value {
            public Points {
                if (!(points >= 0 && points <= 10)) {
                    throw new IllegalArgumentException("a score lies between 0 and 10: " + points);
                }
            }
        }

        /** Too little is known. */
        record Inconclusive(String why) implements Value {}
    }
}
