package airworthy.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import airworthy.faults.Planning;
import airworthy.load.Demand;
import airworthy.load.StreamOrder;
import airworthy.model.Change;
import airworthy.model.Credential;
import airworthy.model.Event;
import airworthy.model.Layer;
import airworthy.model.LoadPlan;
import airworthy.model.Need;
import airworthy.model.Phase;
import airworthy.model.PlatformProfile;
import airworthy.model.Presence;
import airworthy.model.UndoState;
import airworthy.model.UndoStep;
import airworthy.probes.Reading;
import airworthy.probes.Stamps;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a run does, in what order, and what it does not begin. */
class ScenarioRunTest {
    private static final List<Phase> WITHOUT_CONTRAST = Arrays.stream(Phase.values())
            .filter(phase -> phase != Phase.CONTRAST && phase != Phase.CONTRAST_HEAL)
            .toList();

    private final Rehearsal rehearsal = new Rehearsal();
    private final Aftermath after = Aftermath.of(rehearsal);

    @Test
    void whatARunMaySpendIsBookedForAllItsScenariosTogether() {
        rehearsal.consentedTokens = 100;
        Streams streams = rehearsal.means().streams();

        assertThat(streams.book(60)).isEmpty();
        assertThat(streams.book(41))
                .hasValueSatisfying(why -> assertThat(why)
                        .contains("up to 41 tokens beside 60 of this run before", "allow.maxTokens is 100"));
        assertThat(streams.book(40)).isEmpty();
    }

    @Test
    void aTenantUsesAModelWithItsOwnKeyAndTheModelsUsualTenantIsABystander() throws Exception {
        Means means = rehearsal.means();
        PlatformProfile.Inference served = means.profile().inference().getFirst();

        Streams.Running running =
                means.streams().begin(Rehearsal.SRV4, new LoadPlan("chat", 5), served.as("tenant-x"), 10);

        assertThat(rehearsal.load.orders())
                .extracting(StreamOrder::stream, order -> order.bearer().orElse(""), StreamOrder::demand)
                .containsExactly(
                        tuple("SRV-4/chat", "key-of-tenant-x", new Demand.Steady(10.0)),
                        tuple("SRV-4/chat/team-a", "key-of-team-a", new Demand.Steady(5.0)),
                        tuple("SRV-4/sum", "key-of-team-b", new Demand.Steady(5.0)));
        assertThat(running.bystanders()).containsOnlyKeys("SRV-4/chat/team-a", "SRV-4/sum");
    }

    @Test
    void badCredentialsAreSentAsTheyAreAndNoMoreOftenThanAllowed() throws Exception {
        Streams streams = rehearsal.means().streams();
        for (Credential credential :
                List.of(new Credential.None(), new Credential.Malformed(), new Credential.NoMore("expired"))) {
            streams.begin(
                    new Change.SendLoad("SRV-4/chat/" + credential, "chat", "chat", 2, credential, OptionalInt.of(20)));
        }

        assertThat(rehearsal.load.orders())
                .extracting(StreamOrder::bearer)
                .containsExactly(Optional.empty(), Optional.of("not-a-key"), Optional.of("bad-expired"));
        assertThat(rehearsal.load.orders()).extracting(StreamOrder::most).containsOnly(OptionalInt.of(20));
    }

    @Test
    void whatAFaultSendsWithATenantsKeyIsSentWithIt() throws Exception {
        rehearsal
                .means()
                .streams()
                .begin(new Change.SendLoad(
                        "SRV-4/chat/overspend", "chat", "chat", 20, new Credential.OfTenant("tenant-x")));

        assertThat(rehearsal.load.orders())
                .singleElement()
                .satisfies(order -> assertThat(order.bearer()).contains("key-of-tenant-x"));
    }

    @Test
    void aWholeRunGoesThroughAllPhasesInOrder() throws Exception {
        rehearsal.run();

        assertThat(rehearsal.phases()).containsExactlyElementsOf(WITHOUT_CONTRAST);
        assertThat(rehearsal.flaws()).isEmpty();
        after.isPutBack();
    }

    @Test
    void theFaultIsThereDuringTheHoldAndOnlyThen() throws Exception {
        List<String> seen = new ArrayList<>();
        for (Phase phase : List.of(Phase.APPLY, Phase.HOLD, Phase.OBSERVE)) {
            rehearsal.at(
                    phase,
                    () -> seen.add(phase + " " + rehearsal.platform.dump().get(FakePlatform.address("a"))));
        }
        rehearsal.run();

        assertThat(seen).containsExactly("APPLY 1", "HOLD 20", "OBSERVE 1");
    }

    @Test
    void undoIsPlannedBeforeTheFirstChange() throws Exception {
        List<List<UndoStep>> plannedByThen = new ArrayList<>();
        rehearsal.platform.beforeApply(() -> plannedByThen.add(rehearsal.recorded(Event.UndoPlanned.class).stream()
                .flatMap(planned -> planned.steps().stream())
                .toList()));
        rehearsal.run();

        assertThat(plannedByThen)
                .hasSize(2)
                .allSatisfy(steps -> assertThat(steps).extracting(UndoStep::id).containsExactly("SRV-4/0", "SRV-4/1"));
    }

    @Test
    void theWatchLooksBeforeHearsOfEachChangeLooksSeveralTimesAndIsClosed() throws Exception {
        rehearsal.run();

        assertThat(rehearsal.watch.calls()).startsWith("before", "made Done", "made Done", "look", "look");
        assertThat(rehearsal.watch.calls()).endsWith("look", "after", "close");
        assertThat(rehearsal.recorded(Event.LandedSeen.class)).hasSizeBetween(2, 8);
    }

    @Test
    void onsetIsRecordedOnceAfterTheLastChange() throws Exception {
        rehearsal.run();

        int onset = rehearsal.journal.indexOf(new Event.FaultApplied(Rehearsal.SRV4));
        assertThat(rehearsal.recorded(Event.FaultApplied.class)).hasSize(1);
        assertThat(rehearsal.journal.subList(0, onset))
                .filteredOn(event -> event instanceof Event.UndoMoved moved && moved.state() == UndoState.APPLIED)
                .hasSize(2);
    }

    @Test
    void loadRunsFromBeforeTheBaselineUntilAfterTheTailAtHalfTheRateForBystanders() throws Exception {
        rehearsal.run();

        assertThat(rehearsal.load.calls())
                .containsExactly("start SRV-4/chat", "start SRV-4/sum", "stop SRV-4/chat", "stop SRV-4/sum");
        assertThat(rehearsal.load.orders())
                .extracting(StreamOrder::demand)
                .containsExactly(new Demand.Steady(5_500), new Demand.Steady(2_750));
        assertThat(rehearsal.load.orders())
                .extracting(order -> order.bearer().orElseThrow())
                .containsExactly("key-of-team-a", "key-of-team-b");
        List<Class<?>> order = new ArrayList<>();
        rehearsal.journal.forEach(event -> order.add(event.getClass()));
        assertThat(order.indexOf(Event.LoadOn.class)).isLessThan(indexOf(Phase.BASELINE));
        assertThat(order.indexOf(Event.LoadOff.class)).isGreaterThan(indexOf(Phase.TAIL));
    }

    private int indexOf(Phase phase) {
        return rehearsal.journal.indexOf(new Event.PhaseBegan(Rehearsal.SRV4, phase));
    }

    @Test
    void withoutConsentNothingIsChanged() throws Exception {
        rehearsal.consentedNamespaces = Set.of("elsewhere");
        rehearsal.run();
        assertThat(rehearsal.flaws())
                .singleElement()
                .asString()
                .startsWith("invalid: consent missing: the plan touches [team-a]");
        after.isUntouched();
    }

    @Test
    void aRefusedPlanChangesNothing() throws Exception {
        rehearsal.planning = new Planning.Refused("the prior value cannot be read");
        rehearsal.run();
        assertThat(rehearsal.flaws()).containsExactly("invalid: plan refused by fake: the prior value cannot be read");
        after.isUntouched();
    }

    @Test
    void anUnreadableTargetIsNotGuessed() throws Exception {
        rehearsal.target = new Reading.Unreadable<>("403");
        rehearsal.run();
        assertThat(rehearsal.flaws()).containsExactly("invalid: the target could not be read: 403");
        after.isUntouched();
    }

    @Test
    void aMissingPartMakesTheRunInvalidBeforeAnyLoad() throws Exception {
        rehearsal.parts.put(Need.INFERENCE, new Event.PartFound(Presence.UNREADABLE, "403"));
        rehearsal.run();
        assertThat(rehearsal.flaws()).containsExactly("invalid: inference is unreadable: 403");
        assertThat(rehearsal.load.calls()).isEmpty();
        after.isUntouched();
    }

    @Test
    void anAlertAboutTheTargetThatStaysOnMakesTheRunInvalid() throws Exception {
        rehearsal.openAlerts = target -> List.of("AlreadySlow");
        rehearsal.run();
        assertThat(rehearsal.flaws())
                .containsExactly("invalid: an alert about the target was on before the fault and did not end:"
                        + " [AlreadySlow]");
        assertThat(rehearsal.load.calls()).isEmpty();
        after.isUntouched();
    }

    @Test
    void anAlertThatEndsInTimeIsWaitedFor() throws Exception {
        Deque<List<String>> answers = new ArrayDeque<>(List.of(List.of("StillOn"), List.of()));
        rehearsal.openAlerts = target -> answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
        rehearsal.run();
        assertThat(rehearsal.flaws()).isEmpty();
        after.isPutBack();
    }

    @Test
    void anAlertThatIsStillOnAfterHealingIsGivenTimeButNotForEver() throws Exception {
        rehearsal.openAlerts =
                target -> rehearsal.recorded(Event.FaultApplied.class).isEmpty() ? List.of() : List.of("StillOn");
        rehearsal.run();
        assertThat(rehearsal.phases()).containsExactlyElementsOf(WITHOUT_CONTRAST);
        after.isPutBack();
    }

    @Test
    void anAuditOnlyLooks() throws Exception {
        Event seen = new Event.DeviceTraced(Rehearsal.SRV4, "gpu-0", List.of(), Optional.empty());
        rehearsal.auditor = (audit, sink) -> {
            sink.record(Stamps.ofThisMachine().now("kubernetes"), seen);
            return "";
        };
        rehearsal.run(Rehearsal.audit());
        assertThat(rehearsal.journal).contains(seen);
        assertThat(rehearsal.phases()).containsExactly(Phase.PLAN, Phase.DONE);
        assertThat(rehearsal.flaws()).isEmpty();
        after.isUntouched();
    }

    @Test
    void anAuditThatCannotLookIsInvalid() throws Exception {
        rehearsal.auditor = (audit, sink) -> "401 Unauthorized";
        rehearsal.run(Rehearsal.audit());
        assertThat(rehearsal.flaws()).containsExactly("invalid: 401 Unauthorized");
    }

    @Test
    void anAuditOfAMissingPartIsNotBegun() throws Exception {
        rehearsal.parts.remove(Need.KUBERNETES);
        rehearsal.auditor = (audit, sink) -> {
            throw new AssertionError("must not look");
        };
        rehearsal.run(Rehearsal.audit());
        assertThat(rehearsal.flaws()).containsExactly("invalid: kubernetes was not looked for");
    }

    @Test
    void whatThePlanTouchesIsRecordedForTheJudge() throws Exception {
        rehearsal.run();
        assertThat(rehearsal.recorded(Event.Planned.class)).singleElement().satisfies(planned -> {
            assertThat(planned.injector()).isEqualTo("fake");
            assertThat(planned.touches()).containsExactly(Layer.CLIENT);
            assertThat(planned.changes()).hasSize(2);
        });
    }
}
