package airworthy.load.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatling.commons.util.GatlingVersion;
import org.junit.jupiter.api.Test;

class GatlingVersionTest {

    /** A new version needs a look at each Scala type that {@link GatlingRun} names, and at the client's way to retry. */
    @Test
    void isTheOneThatTheScalaContactWasWrittenAgainst() {
        assertThat(GatlingVersion.ThisVersion().fullVersion()).isEqualTo(GatlingRun.VERSION);
    }
}
