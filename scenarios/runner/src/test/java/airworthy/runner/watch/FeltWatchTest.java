package airworthy.runner.watch;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.faults.Applied;
import airworthy.model.Change;
import airworthy.model.Event;
import airworthy.model.Layer;
import airworthy.model.ScenarioId;
import airworthy.runner.FaultWatch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeltWatchTest {
    private final List<String> heard = new ArrayList<>();

    @Test
    void itHoldsWhereTheCauseIsSeenAndTheEffectFelt() throws Exception {
        Event.LandedSeen seen =
                new FeltWatch(watch(Layer.NVML, true, "busy"), watch(Layer.CLIENT, true, "slow")).look();

        assertThat(seen).isEqualTo(new Event.LandedSeen(new ScenarioId("GPU-2"), Layer.CLIENT, true, "busy; slow"));
    }

    @Test
    void whatNobodyFeelsDoesNotHold() throws Exception {
        Event.LandedSeen seen =
                new FeltWatch(watch(Layer.NVML, true, "busy"), watch(Layer.CLIENT, false, "as fast as before")).look();

        assertThat(seen.holds()).isFalse();
        assertThat(seen.how()).isEqualTo("busy; as fast as before");
    }

    @Test
    void whatIsFeltWithoutTheCauseIsNotOurDoing() throws Exception {
        Event.LandedSeen seen =
                new FeltWatch(watch(Layer.NVML, false, "idle"), watch(Layer.CLIENT, true, "slow")).look();

        assertThat(seen).isEqualTo(new Event.LandedSeen(new ScenarioId("GPU-2"), Layer.NVML, false, "idle"));
    }

    @Test
    void bothHearOfEverything() throws Exception {
        try (FeltWatch watch = new FeltWatch(watch(Layer.NVML, true, "a"), watch(Layer.CLIENT, true, "b"))) {
            watch.before();
            watch.after();
        }

        assertThat(heard).containsExactly("before a", "before b", "after a", "after b", "close a", "close b");
    }

    private FaultWatch watch(Layer layer, boolean holds, String how) {
        return new FaultWatch() {
            @Override
            public void before() {
                heard.add("before " + how);
            }

            @Override
            public void made(Change change, Applied applied) {
                heard.add("made " + how);
            }

            @Override
            public Event.LandedSeen look() {
                return new Event.LandedSeen(new ScenarioId("GPU-2"), layer, holds, how);
            }

            @Override
            public void after() {
                heard.add("after " + how);
            }

            @Override
            public void close() {
                heard.add("close " + how);
            }
        };
    }
}
