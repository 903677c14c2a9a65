package airworthy.runner;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.faults.Planning;
import airworthy.model.PlatformProfile;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConsentsTest {
    private static Planning.Planned plan(Set<String> namespaces, int devices) {
        return new Planning.Planned("fake", Set.of(), List.of(), namespaces, devices);
    }

    private static PlatformProfile.Consent consent(Set<String> namespaces, int devices) {
        return new PlatformProfile.Consent(namespaces, devices, 0, false, false, false, false);
    }

    @Test
    void nothingIsMissingUpToTheVeryBound() {
        assertThat(Consents.missing(plan(Set.of("a", "b"), 4), consent(Set.of("a", "b", "c"), 4)))
                .isEmpty();
    }

    @Test
    void everyNamespaceWithoutConsentIsNamedAndNoOther() {
        assertThat(Consents.missing(plan(Set.of("z", "a", "b"), 0), consent(Set.of("b"), 0)))
                .hasValue("consent missing: the plan touches [a, z], and allow.namespaces holds [b]; add them to the"
                        + " profile if they may be disturbed");
    }

    @Test
    void oneAcceleratorTooManyIsToldWithTheBound() {
        assertThat(Consents.missing(plan(Set.of("a"), 5), consent(Set.of("a"), 4)))
                .hasValueSatisfying(why -> assertThat(why)
                        .contains("keeps up to 5 accelerators from others")
                        .endsWith("allow.maxDevices is 4"));
    }
}
