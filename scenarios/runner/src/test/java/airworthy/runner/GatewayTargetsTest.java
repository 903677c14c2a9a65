package airworthy.runner;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Dimension;
import airworthy.model.PlatformProfile;
import airworthy.model.PlatformProfile.TokenBudget;
import airworthy.model.Role;
import airworthy.model.Slo;
import airworthy.model.Target;
import airworthy.model.WorkloadRef;
import airworthy.probes.Reading;
import airworthy.probes.kubernetes.WorkloadProbe;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatewayTargetsTest {
    private static final WorkloadRef CHAT = WorkloadRef.parse("team-q/deployment/chat");
    private static final WorkloadRef SUM = WorkloadRef.parse("team-b/deployment/sum");
    private static final URI HERE = URI.create("http://127.0.0.1:1/v1");

    private final ToyCluster cluster = new ToyCluster();
    private ProfileTargets.Sources source = tenant -> new Reading.Present<>("10.0.0." + tenant.length());

    GatewayTargetsTest() throws IOException {}

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void aBudgetedTenantIsOwnedAsItsNamespaceSaysAndItsModelsOthersAreBystanders() throws Exception {
        assertThat(budgeted(budget("team-a", "chat")))
                .isEqualTo(new Reading.Present<>(new Target(
                        "tenant team-a of the gateway, who uses m",
                        Map.of(
                                Dimension.TENANT, "team-a",
                                Dimension.NAMESPACE, "team-a",
                                Dimension.TEAM, "ml"),
                        Map.of("owner", "ml"),
                        Optional.of("chat"),
                        Optional.empty(),
                        List.of(
                                Map.of(
                                        Dimension.NAMESPACE, "team-q",
                                        Dimension.WORKLOAD, "chat",
                                        Dimension.MODEL, "m",
                                        Dimension.TENANT, "team-q"),
                                Map.of(
                                        Dimension.NAMESPACE, "team-b",
                                        Dimension.WORKLOAD, "sum",
                                        Dimension.MODEL, "m",
                                        Dimension.TENANT, "team-b")))));
    }

    @Test
    void aTenantWhoseModelIsABystanderIsNeverHit() throws Exception {
        assertThat(budgeted(budget("team-b", "sum"), budget("team-a", "chat")))
                .isInstanceOfSatisfying(
                        Reading.Present.class,
                        present -> assertThat(((Target) present.value()).names())
                                .containsEntry(Dimension.TENANT, "team-a"));
        assertThat(budgeted(budget("team-b", "sum")))
                .isInstanceOfSatisfying(
                        Reading.Absent.class,
                        absent -> assertThat(absent.how()).contains("no tenant whose model is no bystander"));
    }

    @Test
    void withoutBudgetsThereIsNoTarget() throws Exception {
        assertThat(budgeted())
                .isInstanceOfSatisfying(
                        Reading.Absent.class,
                        absent -> assertThat(absent.how())
                                .contains("gateway.budgets of the profile holds no tenant; tell there"));
    }

    @Test
    void aTenantWithoutANamespaceHasNoOwnerThatCouldBeTold() throws Exception {
        assertThat(budgeted(budget("team-z", "chat")))
                .isInstanceOfSatisfying(
                        Reading.Absent.class,
                        absent -> assertThat(absent.how()).contains("nothing tells whose the tenant team-z is"));
    }

    @Test
    void keysAreTriedFromWhereTheGatewaySeesTheTenantOfTheFirstModelThatIsNoBystander() throws Exception {
        assertThat(keys(Map.of("team-q", "env:Q", "team-b", "env:B")))
                .isInstanceOfSatisfying(Reading.Present.class, present -> {
                    Target target = (Target) present.value();
                    assertThat(target.names())
                            .isEqualTo(Map.of(Dimension.SOURCE, "10.0.0.6", Dimension.TEAM, "security"));
                    assertThat(target.inference()).contains("chat");
                    assertThat(target.bystanders())
                            .extracting(names -> names.get(Dimension.TENANT))
                            .containsExactly("team-q", "team-b");
                });
    }

    @Test
    void whoCannotBeSeenOrHasNoGoodKeyCannotTryBadOnes() throws Exception {
        assertThat(keys(Map.of("team-b", "env:B")))
                .isInstanceOfSatisfying(
                        Reading.Absent.class,
                        absent -> assertThat(absent.how())
                                .contains("no model, but bystanders, whose tenant has a key under gateway.keys"));

        source = tenant -> new Reading.Unreadable<>("no record");
        assertThat(keys(Map.of("team-q", "env:Q")))
                .isEqualTo(new Reading.Unreadable<>(
                        "where our requests come from, as the gateway sees it, is not known: no record"));
    }

    private Reading<Target> keys(Map<String, String> good) throws InterruptedException {
        return targets(good).keys();
    }

    private static TokenBudget budget(String tenant, String inference) {
        return new TokenBudget(tenant, 1000, Duration.ofMinutes(1), inference);
    }

    private Reading<Target> budgeted(TokenBudget... budgets) throws InterruptedException {
        return targets(Map.of(), budgets).budgeted();
    }

    private GatewayTargets targets(Map<String, String> keys, TokenBudget... budgets) {
        PlatformProfile profile = new PlatformProfile(
                "toy",
                "test",
                Map.of(),
                Optional.empty(),
                new PlatformProfile.Consent(Set.of(), 0, 0, false, false, false, false),
                Optional.empty(),
                Optional.empty(),
                Optional.of(
                        new PlatformProfile.Gateway(HERE, keys, Optional.empty(), List.of(budgets), Optional.empty())),
                List.of(served("chat", CHAT), served("sum", SUM)),
                List.of(SUM),
                List.of(),
                new PlatformProfile.Ownership(
                        List.of("owner"),
                        Map.of(Role.SECURITY_TEAM, new PlatformProfile.RoleHolder.Teams(List.of("security"))),
                        Map.of()),
                new PlatformProfile.Alerts(Set.of(), Map.of(), Map.of()),
                Map.of(),
                PlatformProfile.Mocks.none(),
                PlatformProfile.HarnessImages.usual(),
                Set.of(),
                1);
        return new GatewayTargets(profile, new WorkloadProbe(cluster.connection()), source);
    }

    private static PlatformProfile.Inference served(String name, WorkloadRef workload) {
        return new PlatformProfile.Inference(
                name,
                workload,
                HERE,
                "m",
                Optional.of(workload.namespace()),
                8000,
                new Slo(Duration.ofSeconds(1), Duration.ofSeconds(1)));
    }
}
