package airworthy.runner.watch;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Event;
import airworthy.model.ScenarioId;
import airworthy.probes.Stamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AuditedWatchTest {
    private static final ScenarioId GW2 = new ScenarioId("GW-2");

    private final List<Event> journal = new ArrayList<>();
    private final AtomicLong clock = new AtomicLong(100);

    @Test
    void whereNobodySaysWhereTheRecordsAreThatIsWhatIsKept() throws Exception {
        AuditedWatch watch = new AuditedWatch(
                GW2,
                new BurstWatch(GW2, stream -> 0, clock::get),
                Optional.empty(),
                (at, event) -> journal.add(event),
                new Stamps(clock::get, () -> Instant.EPOCH));

        watch.before();
        clock.set(700);
        assertThat(watch.look().how())
                .as("the fault is seen as the other watch sees it")
                .isEqualTo("no burst was begun");
        watch.after();

        assertThat(journal)
                .containsExactly(new Event.AuditRead(
                        GW2,
                        100,
                        700,
                        List.of(),
                        Optional.of(
                                "the profile does not tell where the gateway's audit records are; add gateway.audit with"
                                        + " workload and fields")));
    }
}
