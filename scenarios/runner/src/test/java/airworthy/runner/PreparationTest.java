package airworthy.runner;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.faults.FaultInjector;
import airworthy.faults.Planning;
import airworthy.faults.kubernetes.UndoSecret;
import airworthy.model.Change;
import airworthy.model.Event;
import airworthy.model.Fault;
import airworthy.model.Need;
import airworthy.model.PlatformProfile;
import airworthy.model.Presence;
import airworthy.model.Scenario;
import airworthy.probes.Reading;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PreparationTest {
    private final Rehearsal rehearsal = new Rehearsal();

    private Preparation prepared() throws InterruptedException {
        return Preparation.of(Rehearsal.experiment(), rehearsal.reads());
    }

    private Preparation by(FaultInjector... injectors) throws InterruptedException {
        Preparation.Reads reads = rehearsal.reads();
        return Preparation.of(
                Rehearsal.experiment(),
                new Preparation.Reads(
                        reads.profile(), reads.survey(), List.of(injectors), reads.targets(), reads.mark()));
    }

    private static Planning.Planned plan(String mechanism) {
        return new Planning.Planned(mechanism, Set.of(), List.of(), Set.of("team-a"), 0);
    }

    @Test
    void aPlanWithConsentIsReady() throws Exception {
        assertReady(prepared(), (Planning.Planned) rehearsal.planning);
    }

    @Test
    void theFirstMechanismThatReachesTheTargetIsTaken() throws Exception {
        assertReady(
                by(
                        Rehearsal.injector("best", new Planning.NotApplicable("no lever")),
                        Rehearsal.injector("next", plan("next")),
                        Rehearsal.injector("last", plan("last"))),
                plan("next"));
    }

    private static void assertReady(Preparation prepared, Planning.Planned planned) {
        assertThat(prepared).isInstanceOfSatisfying(Preparation.Ready.class, ready -> {
            assertThat(ready.target()).isEqualTo(Rehearsal.TARGET);
            assertThat(ready.planned()).isEqualTo(planned);
        });
    }

    /** 5,500/s at the target, half at the bystander, half for another tenant of the model, 104 tokens each at most. */
    @Test
    void loadNeedsConsentForAllTheTokensThatItMayAskFor() throws Exception {
        assertThat(prepared())
                .isInstanceOfSatisfying(
                        Preparation.Ready.class,
                        ready -> assertThat(ready.tokens()).isBetween(50_000L, 200_000L));

        rehearsal.consentedTokens = 49_999;
        assertThat(prepared())
                .isInstanceOfSatisfying(
                        Preparation.Blocked.class,
                        blocked -> assertThat(blocked.why())
                                .startsWith("consent missing: the load asks for up to ")
                                .contains("tokens, and allow.maxTokens is 49,999; raise it"));
    }

    @Test
    void whatAFaultSendsNeedsConsentToo() throws Exception {
        long without = tokens(plan("none"));
        long with = tokens(new Planning.Planned(
                "client",
                Set.of(),
                List.of(new Change.SendLoad("SRV-4/chat/more", "chat", "chat", 1_000)),
                Set.of("team-a"),
                0));

        // 1,000/s for the 40 ms of the hold
        assertThat(with - without).isEqualTo(40 * 104);
    }

    private long tokens(Planning.Planned planned) throws InterruptedException {
        return by(Rehearsal.injector("one", planned)) instanceof Preparation.Ready ready ? ready.tokens() : -1;
    }

    @Test
    void aRefusalIsNotWorkedAround() throws Exception {
        assertThat(by(
                        Rehearsal.injector("best", new Planning.Refused("an operator would undo it")),
                        Rehearsal.injector("next", plan("next"))))
                .isEqualTo(new Preparation.Blocked("plan refused by best: an operator would undo it"));
    }

    @Test
    void everyMechanismThatDoesNotReachSaysWhy() throws Exception {
        assertThat(by(
                        Rehearsal.injector("one", new Planning.NotApplicable("no lever")),
                        Rehearsal.injector("two", new Planning.NotApplicable("no claim"))))
                .isEqualTo(new Preparation.Blocked(
                        "no mechanism reaches model.slow-tokens here: one: no lever; two: no claim"));
    }

    @Test
    void aFaultThatNobodyKnowsIsBlocked() throws Exception {
        Scenario unknown = Rehearsal.experiment(List.of(new Fault.QuotaBurst(2, 2)), Rehearsal.UNDO_VERIFIED);
        assertThat(Preparation.of(unknown, rehearsal.reads()))
                .isEqualTo(new Preparation.Blocked("no mechanism reaches tenant.quota-burst here: none knows it"));
    }

    @Test
    void severalFaultsAtATimeAreNotRunByThisVersion() throws Exception {
        Scenario two = Rehearsal.experiment(List.of(Rehearsal.SLOW, Rehearsal.SLOW), Rehearsal.UNDO_VERIFIED);
        assertThat(Preparation.of(two, rehearsal.reads()))
                .isEqualTo(new Preparation.Blocked("this version runs scenarios of one fault; found 2"));
    }

    @Test
    void anAbsentTargetIsBlocked() throws Exception {
        rehearsal.target = new Reading.Absent<>("one ready replica, expected 2");
        assertThat(prepared()).isEqualTo(new Preparation.Blocked("no target: one ready replica, expected 2"));
    }

    @ParameterizedTest
    @EnumSource(names = {"ABSENT", "UNREADABLE"})
    void aPartThatTheFaultNeedsMustBePresent(Presence presence) throws Exception {
        rehearsal.parts.put(Need.INFERENCE, new Event.PartFound(presence, "no answer"));
        assertThat(prepared()).isEqualTo(new Preparation.Blocked("inference is " + presence.id() + ": no answer"));
    }

    @Test
    void aPartThatIsOnlyLookedAtMayBeMissing() throws Exception {
        rehearsal.parts.put(Need.PROMETHEUS, new Event.PartFound(Presence.ABSENT, "not in the profile"));
        assertThat(prepared()).isInstanceOf(Preparation.Ready.class);
    }

    @Test
    void onAClusterTheUndoListIsKeptThereBeforeTheFirstChange() throws Exception {
        Preparation.Reads reads = rehearsal.reads();
        PlatformProfile plain = reads.profile();
        PlatformProfile onCluster = new PlatformProfile(
                plain.name(),
                plain.environment(),
                plain.fidelity(),
                Optional.of(new PlatformProfile.Cluster(Path.of("kubeconfig"), Optional.empty())),
                plain.consent(),
                plain.prometheus(),
                plain.alertmanager(),
                plain.gateway(),
                plain.inference(),
                plain.bystanders(),
                plain.testTenants(),
                plain.ownership(),
                plain.alerts(),
                plain.names(),
                plain.mocks(),
                plain.images(),
                plain.declaredAbsent(),
                plain.timeScale());

        Preparation prepared = Preparation.of(
                Rehearsal.experiment(),
                new Preparation.Reads(onCluster, reads.survey(), reads.injectors(), reads.targets(), reads.mark()));

        assertThat(prepared).isInstanceOfSatisfying(Preparation.Ready.class, ready -> {
            List<Change> planned = ((Planning.Planned) rehearsal.planning).changes();
            assertThat(ready.planned().changes().subList(1, 3)).isEqualTo(planned);
            assertThat(ready.planned().changes().getFirst())
                    .isInstanceOfSatisfying(Change.CreateObject.class, secret -> {
                        assertThat(secret.object().namespace()).hasValue(UndoSecret.NAMESPACE);
                        assertThat(secret.manifest()).doesNotContain("SRV-4", "slow");
                    });
        });
    }
}
