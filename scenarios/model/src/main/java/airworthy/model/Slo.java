package airworthy.model;

import java.time.Duration;

/**
 * What a workload's owner promises its users. Stream times: never divided by a time scale.
 *
 * @param firstToken from the intended start of a request to its first content
 * @param gap between one content event and the next
 */
public record Slo(Duration firstToken, Duration gap) {
    public Slo {
        if (firstToken.isNegative() || firstToken.isZero() || gap.isNegative() || gap.isZero()) {
            throw new IllegalArgumentException("an SLO's bounds must be positive");
        }
    }

    /** By how much a client may be late itself, and still be heard about either bound: a quarter of the tighter one. */
    public Duration latenessAllowed() {
        return (firstToken.compareTo(gap) < 0 ? firstToken : gap).dividedBy(4);
    }
}
