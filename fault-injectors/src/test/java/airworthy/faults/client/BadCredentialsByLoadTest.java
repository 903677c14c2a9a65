package airworthy.faults.client;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.faults.Assignment;
import airworthy.faults.Planning;
import airworthy.faults.RunMark;
import airworthy.model.Change;
import airworthy.model.Credential;
import airworthy.model.Dimension;
import airworthy.model.Fault;
import airworthy.model.Layer;
import airworthy.model.PlatformProfile;
import airworthy.model.Slo;
import airworthy.model.Target;
import airworthy.model.WorkloadRef;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BadCredentialsByLoadTest {
    private static final Fault BAD = new Fault.BadCredentials(60, Duration.ofMinutes(5));
    private static final Map<String, String> KEYS = Map.of("expired", "env:A", "revoked", "env:B");

    @Test
    void eachKindIsTriedAsOftenAndAllTogetherNoMoreThanAllowed() {
        assertThat(plan(BAD, 60, KEYS)).isInstanceOfSatisfying(Planning.Planned.class, planned -> {
            // ten of each kind in the ten seconds that five minutes are
            assertThat(planned.changes())
                    .containsExactly(
                            attempts("no-key", "chat", new Credential.None()),
                            attempts("malformed", "chat", new Credential.Malformed()),
                            attempts("bad-key-expired", "chat", new Credential.NoMore("expired")),
                            attempts("bad-key-expired@summarise", "summarise", new Credential.NoMore("expired")),
                            attempts("bad-key-revoked", "chat", new Credential.NoMore("revoked")),
                            attempts("bad-key-revoked@summarise", "summarise", new Credential.NoMore("revoked")));
            assertThat(planned.touches()).containsOnly(Layer.CLIENT, Layer.GATEWAY);
            assertThat(planned.namespaces()).isEmpty();
        });
    }

    @Test
    void withoutKeysThatWereGoodOnceTheOtherKindsAreTried() {
        assertThat(plan(BAD, 60, Map.of()))
                .isInstanceOfSatisfying(
                        Planning.Planned.class,
                        planned -> assertThat(planned.changes()).hasSize(2));
    }

    @Test
    void attemptsNeedConsentOfTheirOwn() {
        assertThat(plan(BAD, 59, KEYS))
                .isInstanceOfSatisfying(
                        Planning.Refused.class,
                        refused -> assertThat(refused.why())
                                .startsWith("consent missing: the plan makes up to 60 attempts")
                                .contains("allow.maxBadCredentials is 59"));
    }

    @Test
    void fewerAttemptsThanKindsAreRefused() {
        assertThat(plan(new Fault.BadCredentials(3, Duration.ofMinutes(5)), 60, KEYS))
                .isInstanceOfSatisfying(
                        Planning.Refused.class,
                        refused -> assertThat(refused.why()).contains("fewer than one of each kind"));
    }

    private static Change attempts(String kind, String inference, Credential credential) {
        return new Change.SendLoad("POL-3/chat/" + kind, inference, "chat", 1.0, credential, OptionalInt.of(10));
    }

    private static Planning plan(Fault fault, int allowed, Map<String, String> badKeys) {
        Target target = new Target(
                "the gateway",
                Map.of(Dimension.SOURCE, "10.0.0.1"),
                Map.of(),
                Optional.of("chat"),
                Optional.empty(),
                List.of());
        PlatformProfile profile = new PlatformProfile(
                "toy",
                "test",
                Map.of(),
                Optional.empty(),
                new PlatformProfile.Consent(Set.of(), 0, 0, false, false, false, false, allowed),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new PlatformProfile.Gateway(
                        URI.create("http://127.0.0.1:1/v1"),
                        Map.of(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        badKeys)),
                List.of(served("chat"), served("summarise")),
                List.of(),
                List.of(),
                new PlatformProfile.Ownership(List.of(), Map.of(), Map.of()),
                new PlatformProfile.Alerts(Set.of(), Map.of(), Map.of()),
                Map.of(),
                PlatformProfile.Mocks.none(),
                PlatformProfile.HarnessImages.usual(),
                Set.of(),
                30);
        return new BadCredentialsByLoad(profile)
                .plan(new Assignment(
                        fault,
                        target,
                        Optional.of(new Assignment.UsualLoad("POL-3/chat", "chat", 5)),
                        new RunMark("r7", "ops@example.com", Instant.EPOCH)));
    }

    private static PlatformProfile.Inference served(String name) {
        return new PlatformProfile.Inference(
                name,
                WorkloadRef.parse("team/deployment/" + name),
                URI.create("http://127.0.0.1:1/v1"),
                name,
                Optional.of("team"),
                8000,
                new Slo(Duration.ofSeconds(1), Duration.ofSeconds(1)));
    }
}
