package airworthy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CapabilityTest {

    @Test
    void sixCapabilitiesKeepTheirOrderAndTheirStableNames() {
        assertThat(Arrays.stream(Capability.values()).map(Capability::id))
                .containsExactly("scheduling", "serving", "gateway", "observability", "policy", "ownership");
    }
}
