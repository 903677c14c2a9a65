package airworthy.runner;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.faults.Applied;
import airworthy.faults.Planning;
import airworthy.model.Event;
import airworthy.model.Phase;
import airworthy.model.UndoState;
import airworthy.model.UndoStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A second fault behind the first. */
class ContrastRunTest {
    private final Rehearsal rehearsal = new Rehearsal();
    private final Aftermath after = Aftermath.of(rehearsal);

    @Test
    void theContrastIsMadeWhenTheFaultIsGoneAndIsTakenBack() throws Exception {
        List<String> seen = new ArrayList<>();
        for (Phase phase : List.of(Phase.HOLD, Phase.CONTRAST, Phase.CONTRAST_HEAL, Phase.DONE)) {
            rehearsal.at(phase, () -> seen.add(phase + " " + lever("a") + " " + lever("c")));
        }
        rehearsal.run(Rehearsal.contrasted());

        assertThat(seen).containsExactly("HOLD 20 1", "CONTRAST 1 1", "CONTRAST_HEAL 1 7", "DONE 1 1");
        assertThat(rehearsal.phases()).containsExactly(Phase.values());
        assertThat(rehearsal.flaws()).isEmpty();
        after.isAsBefore();
        after.isEnded();
    }

    @Test
    void itsUndoIsPlannedBeforeTheFirstChangeOfAll() throws Exception {
        List<List<String>> plannedByThen = new ArrayList<>();
        rehearsal.platform.beforeApply(() -> plannedByThen.add(rehearsal.recorded(Event.UndoPlanned.class).stream()
                .flatMap(planned -> planned.steps().stream())
                .map(UndoStep::id)
                .toList()));
        rehearsal.run(Rehearsal.contrasted());

        assertThat(plannedByThen).hasSize(3).containsOnly(List.of("SRV-4/0", "SRV-4/1", "SRV-4/2"));
    }

    @Test
    void eachStepIsTakenBackOnce() throws Exception {
        rehearsal.run(Rehearsal.contrasted());

        assertThat(rehearsal.recorded(Event.UndoMoved.class).stream()
                        .filter(moved -> moved.state() == UndoState.RESTORED)
                        .map(Event.UndoMoved::step))
                .containsExactly("SRV-4/1", "SRV-4/0", "SRV-4/2");
    }

    @Test
    void itIsLookedAtWhileItHolds() throws Exception {
        rehearsal.run(Rehearsal.contrasted());

        List<Event> journal = List.copyOf(rehearsal.journal);
        int made = journal.indexOf(new Event.ContrastApplied(Rehearsal.SRV4));
        int healed = journal.indexOf(new Event.PhaseBegan(Rehearsal.SRV4, Phase.CONTRAST_HEAL));
        assertThat(made).isPositive();
        assertThat(journal.subList(made, healed)).hasAtLeastOneElementOfType(Event.LandedSeen.class);
        assertThat(rehearsal.watch.calls())
                .as("the first watch ends before the second begins")
                .containsSubsequence("after", "close", "before", "made Done", "look", "after", "close");
    }

    @ParameterizedTest
    @EnumSource(names = {"APPLY", "HOLD", "HEAL", "OBSERVE", "TAIL", "CONTRAST"})
    void howeverARunEndsNothingIsLeft(Phase phase) throws Exception {
        rehearsal.at(phase, rehearsal.cancellation::cancel);

        rehearsal.run(Rehearsal.contrasted());

        after.isAsBefore();
        assertThat(rehearsal.recorded(Event.UndoMoved.class).stream()
                        .filter(moved -> moved.state() == UndoState.RESTORED)
                        .map(Event.UndoMoved::step))
                .containsExactlyInAnyOrder("SRV-4/0", "SRV-4/1", "SRV-4/2");
        assertThat(rehearsal.flaws()).singleElement().asString().startsWith("stopped: the run was ended");
        after.isEnded();
    }

    @Test
    void aContrastThatCannotBeMadeLeavesTheFaultsOwnRecordSound() throws Exception {
        rehearsal.platform.answering("c", new Applied.Failed("connection refused"));

        rehearsal.run(Rehearsal.contrasted());

        assertThat(rehearsal.flaws()).isEmpty();
        assertThat(rehearsal.recorded(Event.ContrastApplied.class)).isEmpty();
        assertThat(rehearsal.recorded(Event.ContrastFailed.class))
                .singleElement()
                .satisfies(failed -> assertThat(failed.why()).contains("connection refused"));
        after.isAsBefore();
    }

    @Test
    void whereTheFaultCannotBeMadeThereIsNothingToContrast() throws Exception {
        rehearsal.platform.answering("a", new Applied.Failed("connection refused"));

        rehearsal.run(Rehearsal.contrasted());

        assertThat(rehearsal.phases()).doesNotContain(Phase.CONTRAST);
        after.isAsBefore();
        after.isEnded();
    }

    @Test
    void aContrastThatCannotBePlannedIsToldBeforeAnythingIsDone() throws Exception {
        rehearsal.contrast = new Planning.NotApplicable("no lever");

        rehearsal.run(Rehearsal.contrasted());

        assertThat(rehearsal.flaws())
                .containsExactly("invalid: the contrast: no mechanism reaches client.burst here: fake: no lever");
        after.isUntouched();
    }

    @Test
    void consentIsNeededForTheContrastAsWell() throws Exception {
        rehearsal.contrast = new Planning.Planned("fake", Set.of(), List.of(), Set.of("team-z"), 0);

        rehearsal.run(Rehearsal.contrasted());

        assertThat(rehearsal.flaws()).singleElement().asString().contains("consent missing", "team-z");
        after.isUntouched();
    }

    private String lever(String name) {
        return String.valueOf(rehearsal.platform.dump().get(FakePlatform.address(name)));
    }
}
