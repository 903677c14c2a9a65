package airworthy.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import airworthy.model.Restoration;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every actuator promises; see {@link Actuator}. */
@Timeout(30)
public abstract class ActuatorContractTest {

    /** A fresh one for each test: tests run side by side. */
    protected abstract Rig rig();

    @Test
    void aChangeIsMadeAndTakenBack() throws InterruptedException {
        try (Rig rig = rig()) {
            String before = rig.state();

            Applied applied = rig.actuator().apply(rig.change());

            assertThat(applied).isInstanceOf(Applied.Done.class);
            assertThat(rig.state()).isNotEqualTo(before);
            assertThat(restore(rig)).isInstanceOf(Restoration.Restored.class);
            assertThat(rig.state()).isEqualTo(before);
        }
    }

    @Test
    void takingBackTwiceIsTheSameAsOnce() throws InterruptedException {
        try (Rig rig = rig()) {
            String before = rig.state();
            rig.actuator().apply(rig.change());

            restore(rig);

            assertThat(restore(rig)).isInstanceOf(Restoration.Restored.class);
            assertThat(rig.state()).isEqualTo(before);
        }
    }

    @Test
    void whatWasNeverMadeIsTakenBackWithoutHarm() throws InterruptedException {
        try (Rig rig = rig()) {
            String before = rig.state();

            assertThat(restore(rig)).isInstanceOf(Restoration.Restored.class);
            assertThat(rig.state()).isEqualTo(before);
        }
    }

    @Test
    void aChangeWhoseAnswerWasLostIsTakenBack() throws InterruptedException {
        try (Rig rig = rig()) {
            String before = rig.state();
            rig.gate().loseNextAnswer();

            rig.actuator().apply(rig.change());

            assertThat(rig.state()).as("carried out").isNotEqualTo(before);
            assertThat(restore(rig)).isInstanceOf(Restoration.Restored.class);
            assertThat(rig.state()).isEqualTo(before);
        }
    }

    @Test
    void makingAChangeTwiceIsTheSameAsOnce() throws InterruptedException {
        try (Rig rig = rig()) {
            rig.actuator().apply(rig.change());
            String once = rig.state();

            assertThat(rig.actuator().apply(rig.change())).isInstanceOf(Applied.Done.class);
            assertThat(rig.state()).isEqualTo(once);
        }
    }

    @Test
    void whatSomebodyElseChangedMeanwhileIsLeft() throws InterruptedException {
        try (Rig rig = rig()) {
            rig.actuator().apply(rig.change());
            rig.somebodyElseChanges();
            String theirs = rig.state();

            assertThat(restore(rig)).isInstanceOf(Restoration.Conflicted.class);
            assertThat(restore(rig)).isInstanceOf(Restoration.Conflicted.class);
            assertThat(rig.state()).isEqualTo(theirs);
        }
    }

    @Test
    void whatSomebodyElseChangesInTheVeryMomentOfUndoIsLeft() throws Exception {
        try (Rig rig = rig();
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            rig.actuator().apply(rig.change());
            rig.gate().holdNext();
            var restoring = executor.submit(() -> restore(rig));
            rig.gate().awaitHeld();

            rig.somebodyElseChanges();
            String theirs = rig.state();
            rig.gate().release();

            assertThat(restoring.get(20, TimeUnit.SECONDS)).isInstanceOf(Restoration.Conflicted.class);
            assertThat(rig.state()).isEqualTo(theirs);
        }
    }

    @Test
    void whatSomebodyElseChangedSincePlanningIsNotOverwritten() throws InterruptedException {
        try (Rig rig = rig()) {
            rig.somebodyElseChanges();
            String theirs = rig.state();

            assertThat(rig.actuator().apply(rig.change())).isNotInstanceOf(Applied.Done.class);
            assertThat(rig.state()).isEqualTo(theirs);
            assertThat(restore(rig)).isInstanceOf(Restoration.Conflicted.class);
            assertThat(rig.state()).isEqualTo(theirs);
        }
    }

    @Test
    void aChangeCancelledOnItsWayIsTakenBackEvenIfItArrivesLate() throws Exception {
        try (Rig rig = rig();
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            String before = rig.state();
            rig.gate().holdNext();
            FutureTask<Applied> applying = new FutureTask<>(() -> rig.actuator().apply(rig.change()));
            Thread run = Thread.ofVirtual().start(applying);
            rig.gate().awaitHeld();

            run.interrupt();

            assertThatThrownBy(applying::get).hasCauseInstanceOf(InterruptedException.class);
            var restoring = executor.submit(() -> restore(rig));
            assertThatThrownBy(() -> restoring.get(300, TimeUnit.MILLISECONDS))
                    .as("undo waits for what is under way")
                    .isInstanceOf(TimeoutException.class);
            rig.gate().release();
            assertThat(restoring.get(20, TimeUnit.SECONDS)).isInstanceOf(Restoration.Restored.class);
            assertThat(rig.state()).isEqualTo(before);
        }
    }

    @Test
    void onlyItsOwnKindsOfChangeAreClaimed() {
        try (Rig rig = rig()) {
            assertThat(rig.actuator().carriesOut(rig.change())).isTrue();
            assertThat(rig.actuator().takesBack(rig.change().undo())).isTrue();
        }
    }

    private static Restoration restore(Rig rig) throws InterruptedException {
        return rig.actuator().restore(rig.change().undo());
    }
}
