package airworthy.faults.mock;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.faults.Applied;
import airworthy.faults.Assignment;
import airworthy.faults.Planning;
import airworthy.faults.RunMark;
import airworthy.faults.TestServer;
import airworthy.model.Change;
import airworthy.model.Dimension;
import airworthy.model.Fault;
import airworthy.model.Layer;
import airworthy.model.Target;
import airworthy.model.Undo;
import airworthy.probes.Reading;
import airworthy.probes.http.HttpCaller;
import airworthy.probes.http.Limits;
import airworthy.probes.http.Names;
import java.net.URI;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeviceLostByLeverTest {
    private static final RunMark MARK = new RunMark("r7", "ops@example.com", Instant.EPOCH);

    @Test
    void thePlanIsTheLeverOfThatDeviceAndKnowsItsInverse() throws InterruptedException {
        try (LeverServer lever = new LeverServer("gpu-3.lost", 0)) {
            assertThat(plan(new Reading.Present<>(lever.address().resolve("/")), Map.of(Dimension.DEVICE, "gpu-3")))
                    .isInstanceOfSatisfying(Planning.Planned.class, planned -> {
                        assertThat(planned.touches()).containsOnly(Layer.DEVICE_TAINT, Layer.EXPORTER, Layer.WORKLOAD);
                        assertThat(planned.namespaces())
                                .as("consent of whose workload it is")
                                .containsOnly("team-a");
                        assertThat(planned.devices()).as("kept from its users").isEqualTo(1);
                        assertThat(planned.changes())
                                .containsExactly(new Change.PullLever(lever.address(), "1", "0.0"));
                        assertThat(planned.changes().getFirst().undo())
                                .isEqualTo(new Undo.PutLeverBack(lever.address(), "1", "0.0"));
                    });
            assertThat(lever.value()).as("planning only reads").isZero();
        }
    }

    @Test
    void whatIsPlannedCanBeApplied() throws InterruptedException {
        try (LeverServer lever = new LeverServer("gpu-3.lost", 0);
                HttpCaller http = new HttpCaller(Names.none(), Limits.standard())) {
            LeverActuator actuator = new LeverActuator(http);
            if (plan(new Reading.Present<>(lever.address().resolve("/")), Map.of(Dimension.DEVICE, "gpu-3"))
                    instanceof Planning.Planned planned) {
                assertThat(actuator.apply(planned.changes().getFirst())).isInstanceOf(Applied.Done.class);
            }
            assertThat(lever.value()).isEqualTo(1);
        }
    }

    @Test
    void aDeviceThatIsLostAlreadyIsRefused() throws InterruptedException {
        try (LeverServer lever = new LeverServer("gpu-3.lost", 1)) {
            assertThat(plan(new Reading.Present<>(lever.address().resolve("/")), Map.of(Dimension.DEVICE, "gpu-3")))
                    .isInstanceOfSatisfying(
                            Planning.Refused.class,
                            refused -> assertThat(refused.why()).contains("gpu-3.lost", "stands at 1.0 already"));
        }
    }

    @Test
    void aDriverThatKnowsNoSuchDeviceOrHasNoLeversIsForAnotherMechanism() throws InterruptedException {
        try (LeverServer lever = new LeverServer("gpu-3.lost", 0);
                TestServer real = new TestServer((method, path, body) -> new TestServer.Reply(404, "Not Found"))) {
            assertThat(plan(new Reading.Present<>(lever.address().resolve("/")), Map.of(Dimension.DEVICE, "gpu-4")))
                    .isInstanceOf(Planning.NotApplicable.class);
            assertThat(plan(new Reading.Present<>(real.at("/")), Map.of(Dimension.DEVICE, "gpu-3")))
                    .isInstanceOf(Planning.NotApplicable.class);
        }
    }

    @Test
    void withoutADriverOrADeviceItDoesNotApplyAndWithoutAnAnswerItIsRefused() throws InterruptedException {
        assertThat(plan(new Reading.Absent<>("no pod"), Map.of(Dimension.DEVICE, "gpu-3")))
                .isInstanceOfSatisfying(
                        Planning.NotApplicable.class,
                        none -> assertThat(none.why()).contains("no simulated driver of", "no pod"));
        assertThat(plan(new Reading.Present<>(URI.create("http://127.0.0.1:1")), Map.of()))
                .isInstanceOf(Planning.NotApplicable.class);
        assertThat(plan(new Reading.Unreadable<>("403"), Map.of(Dimension.DEVICE, "gpu-3")))
                .isInstanceOf(Planning.Refused.class);
    }

    private static Planning plan(Reading<URI> driver, Map<Dimension, String> device) throws InterruptedException {
        Map<Dimension, String> names = new EnumMap<>(Map.of(Dimension.NAMESPACE, "team-a"));
        names.putAll(device);
        Target target = new Target(
                "team-a/deployment/chat, replica chat-0, device gpu-3",
                names,
                Map.of(),
                Optional.of("chat"),
                Optional.of("chat-0"),
                List.of());
        try (HttpCaller http = new HttpCaller(Names.none(), Limits.standard())) {
            return new DeviceLostByLever(_ -> driver, http)
                    .plan(new Assignment(new Fault.DeviceLost(), target, Optional.empty(), MARK));
        }
    }
}
