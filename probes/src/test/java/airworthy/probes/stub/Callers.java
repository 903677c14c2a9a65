package airworthy.probes.stub;

import airworthy.probes.http.HttpCaller;
import airworthy.probes.http.Limits;
import airworthy.probes.http.Names;
import java.time.Duration;

/** HTTP callers for tests, on machines that may be busy. */
public final class Callers {
    private Callers() {}

    /** Waits longer than any test of an answer that does come. */
    public static HttpCaller patient() {
        return new HttpCaller(Names.none(), new Limits(Duration.ofSeconds(30), Duration.ofSeconds(30)));
    }

    /** Gives up after 0.2 s, for answers that never come. */
    public static HttpCaller hasty() {
        return new HttpCaller(Names.none(), new Limits(Duration.ofSeconds(30), Duration.ofMillis(200)));
    }
}
