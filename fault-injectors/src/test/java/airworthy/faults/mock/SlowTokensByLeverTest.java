package airworthy.faults.mock;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.faults.Applied;
import airworthy.faults.Assignment;
import airworthy.faults.Planning;
import airworthy.faults.RunMark;
import airworthy.faults.TestServer;
import airworthy.model.Dimension;
import airworthy.model.Fault;
import airworthy.model.Layer;
import airworthy.model.Target;
import airworthy.probes.Reading;
import airworthy.probes.http.HttpCaller;
import airworthy.probes.http.Limits;
import airworthy.probes.http.Names;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlowTokensByLeverTest {
    private static final Fault SLOW = new Fault.SlowTokens(4);
    private static final RunMark MARK = new RunMark("r7", "ops@example.com", Instant.EPOCH);

    @Test
    void thePlanIsOnePullWithWhatWasFound() throws InterruptedException {
        try (LeverServer lever = new LeverServer(1.5)) {
            assertThat(plan(lever.address(), Optional.of("chat-0")))
                    .isInstanceOfSatisfying(Planning.Planned.class, planned -> {
                        assertThat(planned.touches()).containsOnly(Layer.CLIENT, Layer.ENGINE_METRICS);
                        assertThat(planned.namespaces()).containsOnly("team-a");
                        assertThat(planned.devices()).isZero();
                        assertThat(planned.changes())
                                .singleElement()
                                .extracting(Object::toString)
                                .asString()
                                .contains(lever.address().toString(), "ours=4.0", "prior=1.5");
                    });
            assertThat(lever.value()).as("planning only reads").isEqualTo(1.5);
        }
    }

    @Test
    void whatIsPlannedCanBeApplied() throws InterruptedException {
        try (LeverServer lever = new LeverServer(1);
                HttpCaller http = new HttpCaller(Names.none(), Limits.standard())) {
            LeverActuator actuator = new LeverActuator(http);
            if (plan(lever.address(), Optional.of("chat-0")) instanceof Planning.Planned planned) {
                assertThat(actuator.apply(planned.changes().getFirst())).isInstanceOf(Applied.Done.class);
            }
            assertThat(lever.value()).isEqualTo(4);
        }
    }

    @Test
    void aServerWithoutLeversIsForAnotherMechanism() throws InterruptedException {
        try (TestServer real = new TestServer((method, path, body) -> new TestServer.Reply(404, "Not Found"))) {
            assertThat(plan(real.at("/"), Optional.of("chat-0"))).isInstanceOf(Planning.NotApplicable.class);
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsRefusedAndNotGuessed() throws InterruptedException {
        LeverServer gone = new LeverServer(1);
        gone.close();

        assertThat(plan(gone.address(), Optional.of("chat-0")))
                .isInstanceOfSatisfying(
                        Planning.Refused.class,
                        refused -> assertThat(refused.why()).contains("cannot be read", "connection refused"));
    }

    @Test
    void aLeverThatAlreadyStandsThereIsRefusedSinceNothingWouldChange() throws InterruptedException {
        try (LeverServer lever = new LeverServer(4)) {
            assertThat(plan(lever.address(), Optional.of("chat-0"))).isInstanceOf(Planning.Refused.class);
        }
    }

    @Test
    void aTargetWithoutReplicaIsNotReached() throws InterruptedException {
        assertThat(plan(URI.create("http://127.0.0.1:1"), Optional.empty())).isInstanceOf(Planning.NotApplicable.class);
    }

    private static Planning plan(URI base, Optional<String> replica) throws InterruptedException {
        Target target = new Target(
                "team-a/deployment/chat",
                Map.of(Dimension.NAMESPACE, "team-a"),
                Map.of(),
                Optional.of("chat"),
                replica,
                List.of());
        try (HttpCaller http = new HttpCaller(Names.none(), Limits.standard())) {
            return new SlowTokensByLever(_ -> new Reading.Present<>(base.resolve("/")), http)
                    .plan(new Assignment(SLOW, target, Optional.empty(), MARK));
        }
    }
}
