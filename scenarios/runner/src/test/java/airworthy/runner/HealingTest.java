package airworthy.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import airworthy.faults.Applied;
import airworthy.model.Event;
import airworthy.model.Phase;
import airworthy.model.UndoState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However a run ends, what it changed is put back, and half of a run is not judged as a whole one. */
class HealingTest {
    private final Rehearsal rehearsal = new Rehearsal();
    private final Aftermath after = Aftermath.of(rehearsal);

    @ParameterizedTest
    @EnumSource(ScriptedWatch.Moment.class)
    void aWatchThatBreaksLeavesNothingBehindAndNothingToJudge(ScriptedWatch.Moment moment) {
        rehearsal.watch.at(moment, () -> {
            throw new IllegalStateException("a bug of ours");
        });

        assertThatThrownBy(rehearsal::run).hasMessage("a bug of ours");

        after.isAsBefore();
        assertThat(rehearsal.watch.calls()).endsWith("close");
        assertThat(rehearsal.load.calls()).contains("stop SRV-4/chat", "stop SRV-4/sum");
        assertThat(rehearsal.flaws()).singleElement().asString().contains("a bug of ours");
        after.isEnded();
    }

    @ParameterizedTest
    @EnumSource(ScriptedWatch.Moment.class)
    void anInterruptedRunPutsEverythingBackAndIsNotJudged(ScriptedWatch.Moment moment) {
        rehearsal.watch.at(moment, () -> Thread.currentThread().interrupt());

        assertThatThrownBy(rehearsal::run).isInstanceOf(InterruptedException.class);

        after.isAsBefore();
        assertThat(rehearsal.flaws()).singleElement().asString().startsWith("stopped: ");
        after.isEnded();
    }

    @Test
    void aPageAboutSomethingElseHealsAtOnceAndNothingIsJudged() throws Exception {
        rehearsal.pages = sinceNs -> Optional.of("DiskFull went to infra-page");

        rehearsal.run();

        after.isAsBefore();
        assertThat(rehearsal.flaws())
                .containsExactly("stopped: a page about something else: DiskFull went to infra-page");
        assertThat(rehearsal.phases()).doesNotContain(Phase.TAIL);
        after.isEnded();
    }

    @ParameterizedTest
    @EnumSource(names = {"BASELINE", "APPLY", "HOLD", "HEAL", "OBSERVE", "TAIL"})
    void aCancelledRunPutsEverythingBackAndSaysThatItWasStopped(Phase phase) throws Exception {
        rehearsal.at(phase, rehearsal.cancellation::cancel);

        rehearsal.run();

        after.isAsBefore();
        assertThat(rehearsal.flaws()).singleElement().asString().startsWith("stopped: the run was ended");
        assertThat(rehearsal.load.calls()).endsWith("stop SRV-4/chat", "stop SRV-4/sum");
        after.isEnded();
    }

    @Test
    void cancelledDuringTheBaselineMakesNoChange() throws Exception {
        rehearsal.at(Phase.BASELINE, rehearsal.cancellation::cancel);
        rehearsal.run();
        after.isUntouched();
    }

    @Test
    void cancelledDuringTheHoldHealsAtOnceAndObservesNothing() throws Exception {
        rehearsal.at(Phase.HOLD, rehearsal.cancellation::cancel);
        rehearsal.run();
        assertThat(rehearsal.watch.calls()).containsExactly("before", "made Done", "made Done", "look", "close");
        after.isPutBack();
    }

    @Test
    void aChangeThatCannotBeMadeIsTakenBackWithThoseBeforeIt() throws Exception {
        rehearsal.platform.answering("b", new Applied.Failed("connection refused"));

        rehearsal.run();

        assertThat(rehearsal.flaws())
                .containsExactly("invalid: the fault could not be made: set lever http://127.0.0.1:1/levers/b to 20"
                        + " (was 1): connection refused");
        assertThat(rehearsal.recorded(Event.FaultApplied.class)).isEmpty();
        assertThat(rehearsal.platform.writes())
                .containsExactly("apply " + FakePlatform.address("a"), "restore " + FakePlatform.address("a"));
        after.isPutBack();
    }

    @Test
    void aRefusedChangeIsToldToTheWatchAndTheRunGoesOn() throws Exception {
        rehearsal.platform.answering("b", new Applied.Refused(403, "exceeded quota"));

        rehearsal.run();

        assertThat(rehearsal.watch.calls()).startsWith("before", "made Done", "made Refused", "look");
        assertThat(rehearsal.moves()).contains(UndoState.REFUSED);
        assertThat(rehearsal.flaws()).isEmpty();
        after.isPutBack();
    }

    @Test
    void anUndoThatFailsDoesNotKeepTheOthersFromBeingTried() throws Exception {
        rehearsal.at(Phase.HOLD, rehearsal.platform::breakDown);

        rehearsal.run();

        assertThat(rehearsal.moves())
                .endsWith(UndoState.RESTORING, UndoState.FAILED, UndoState.RESTORING, UndoState.FAILED);
        after.isEnded();
    }

    @Test
    void whatFailedIsTriedAgainUntilThePlatformIsBack() throws Exception {
        rehearsal.comeback = Duration.ofSeconds(20);
        rehearsal.at(Phase.HOLD, rehearsal.platform::breakDown);
        rehearsal.onEvent(event -> {
            if (event instanceof Event.UndoMoved moved
                    && moved.state() == UndoState.FAILED
                    && moved.step().equals("SRV-4/0")) {
                rehearsal.platform.mend();
            }
        });

        rehearsal.run();

        assertThat(rehearsal.moves()).contains(UndoState.FAILED);
        after.isPutBack();
    }

    @Test
    void anUndoStepOnTheWayIsNotDroppedByCancelling() throws Exception {
        rehearsal.onEvent(event -> {
            if (event instanceof Event.UndoMoved moved && moved.state() == UndoState.RESTORING) {
                rehearsal.cancellation.cancel();
            }
        });
        rehearsal.run();
        after.isPutBack();
    }

    @Test
    void cancelledWhileWaitingForAnAlertToEndIsStoppedNotInvalid() throws Exception {
        rehearsal.openAlerts = target -> {
            rehearsal.cancellation.cancel();
            return List.of("AlreadySlow");
        };
        rehearsal.run();
        assertThat(rehearsal.flaws()).singleElement().asString().startsWith("stopped: the run was ended");
        after.isUntouched();
    }

    @Test
    void loadThatCannotBeSentMakesTheRunInvalidAndNothingIsChanged() throws Exception {
        rehearsal.load.refuse(new IOException("the load JVM is gone"));
        rehearsal.run();
        assertThat(rehearsal.flaws()).containsExactly("invalid: the load could not be sent: the load JVM is gone");
        after.isUntouched();
    }
}
