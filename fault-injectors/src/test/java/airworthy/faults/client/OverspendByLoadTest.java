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
import airworthy.model.PlatformProfile.TokenBudget;
import airworthy.model.Target;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OverspendByLoadTest {
    /** A thousand tokens a second. */
    private static final TokenBudget BUDGET = new TokenBudget("tenant-x", 60_000, Duration.ofMinutes(1), "chat");

    @Test
    void whatIsSentBesideTheUsualLoadMakesItTheFactorOfTheBudget() {
        assertThat(plan(usual(5), BUDGET)).isInstanceOfSatisfying(Planning.Planned.class, planned -> {
            // 2,000 tokens/s are wanted, 250 are usual, and a request is 50
            assertThat(planned.changes())
                    .containsExactly(new Change.SendLoad(
                            "GW-2/chat/overspend", "chat", "chat", 35, new Credential.OfTenant("tenant-x")));
            assertThat(planned.touches()).containsOnly(Layer.CLIENT, Layer.GATEWAY, Layer.ENGINE_METRICS);
            assertThat(planned.namespaces()).containsOnly("tenant-x");
        });
    }

    @Test
    void usualLoadBeyondTheBudgetLeavesNothingToOverspend() {
        assertThat(plan(usual(21), BUDGET))
                .isInstanceOfSatisfying(
                        Planning.Refused.class,
                        refused -> assertThat(refused.why())
                                .contains("21.0/s of at least 50 tokens each", "beyond its budget of 1000 tokens/s"));
    }

    @Test
    void aTenantThatTheProfileTellsNoBudgetOfIsNotReached() {
        assertThat(plan(usual(5), new TokenBudget("tenant-y", 1, Duration.ofMinutes(1), "chat")))
                .isInstanceOf(Planning.NotApplicable.class);
    }

    @Test
    void withoutUsualLoadNobodyIsServedBeforeAndAfter() {
        assertThat(plan(Optional.empty(), BUDGET)).isInstanceOf(Planning.Refused.class);
    }

    private static Optional<Assignment.UsualLoad> usual(double perSecond) {
        return Optional.of(new Assignment.UsualLoad("GW-2/chat", "chat", perSecond, 50));
    }

    private static Planning plan(Optional<Assignment.UsualLoad> load, TokenBudget budget) {
        Target target = new Target(
                "tenant tenant-x",
                Map.of(Dimension.TENANT, "tenant-x", Dimension.NAMESPACE, "tenant-x"),
                Map.of(),
                Optional.of("chat"),
                Optional.empty(),
                List.of());
        PlatformProfile profile = new PlatformProfile(
                "toy",
                "test",
                Map.of(),
                Optional.empty(),
                new PlatformProfile.Consent(Set.of(), 0, 0, false, false, false, false),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new PlatformProfile.Gateway(
                        URI.create("http://127.0.0.1:1/v1"),
                        Map.of(),
                        Optional.empty(),
                        List.of(budget),
                        Optional.empty())),
                List.of(),
                List.of(),
                List.of(),
                new PlatformProfile.Ownership(List.of(), Map.of(), Map.of()),
                new PlatformProfile.Alerts(Set.of(), Map.of(), Map.of()),
                Map.of(),
                PlatformProfile.Mocks.none(),
                PlatformProfile.HarnessImages.usual(),
                Set.of(),
                30);
        return new OverspendByLoad(profile)
                .plan(new Assignment(
                        new Fault.Overspend(2), target, load, new RunMark("r7", "ops@example.com", Instant.EPOCH)));
    }
}
