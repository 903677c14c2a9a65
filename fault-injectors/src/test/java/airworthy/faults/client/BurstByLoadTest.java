package airworthy.faults.client;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.faults.Assignment;
import airworthy.faults.Planning;
import airworthy.faults.RunMark;
import airworthy.model.Change;
import airworthy.model.Dimension;
import airworthy.model.Fault;
import airworthy.model.Layer;
import airworthy.model.Target;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BurstByLoadTest {
    private static final Optional<Assignment.UsualLoad> USUAL =
            Optional.of(new Assignment.UsualLoad("GW-2/chat", "chat", 5));

    @Test
    void whatIsSentBesideTheUsualLoadMakesItTheFactor() {
        assertThat(plan(Optional.of("chat"), USUAL)).isInstanceOfSatisfying(Planning.Planned.class, planned -> {
            assertThat(planned.changes()).containsExactly(new Change.SendLoad("GW-2/chat/burst", "chat", "chat", 15));
            assertThat(planned.touches()).containsOnly(Layer.CLIENT, Layer.ENGINE_METRICS);
            assertThat(planned.namespaces()).containsOnly("team-a");
            assertThat(planned.devices()).isZero();
        });
    }

    @Test
    void withoutUsualLoadThereIsNothingToMultiply() {
        assertThat(plan(Optional.of("chat"), Optional.empty()))
                .isInstanceOfSatisfying(
                        Planning.Refused.class,
                        refused -> assertThat(refused.why()).contains("give the scenario load"));
    }

    @Test
    void whatServesNoModelIsNotReached() {
        assertThat(plan(Optional.empty(), USUAL)).isInstanceOf(Planning.NotApplicable.class);
    }

    private static Planning plan(Optional<String> inference, Optional<Assignment.UsualLoad> load) {
        Target target = new Target(
                "team-a/deployment/chat",
                Map.of(Dimension.NAMESPACE, "team-a"),
                Map.of(),
                inference,
                Optional.empty(),
                List.of());
        RunMark mark = new RunMark("r7", "ops@example.com", Instant.EPOCH);
        return new BurstByLoad().plan(new Assignment(new Fault.Burst(4), target, load, mark));
    }
}
