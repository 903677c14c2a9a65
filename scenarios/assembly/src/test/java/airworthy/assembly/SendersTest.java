package airworthy.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.load.Demand;
import airworthy.load.EngineHealth;
import airworthy.load.LoadProfiles;
import airworthy.load.RequestLog;
import airworthy.load.SenderClock;
import airworthy.load.Share;
import airworthy.load.StreamOrder;
import airworthy.load.Timeouts;
import airworthy.load.measures.Measure;
import airworthy.load.measures.Measures;
import airworthy.model.RequestRecord;
import airworthy.model.Slo;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Senders elsewhere, whose clocks are not ours. */
class SendersTest {
    private static final Duration WITHIN = Duration.ofSeconds(20);
    private static final int REQUESTS = 301;

    @TempDir
    private Path folder;

    /** What one run came to. */
    private record Told(
            long firstNs,
            List<RequestRecord> requests,
            Measures measures,
            EngineHealth health,
            List<SenderClock> clocks) {}

    @Test
    void twoWorkersWhoseClocksAreOffMeasureWhatOneDoesWhoseClockIsOurs() throws Exception {
        Told one = send("one", 0);
        Told two =
                send("two", Duration.ofDays(3).toNanos(), -Duration.ofSeconds(5).toNanos());

        assertThat(one.requests()).hasSize(REQUESTS);
        assertThat(two.requests()).extracting(RequestRecord::number).isEqualTo(numbers(one.requests()));
        for (Measure measure : Measure.values()) {
            assertThat(two.measures().of(measure).count())
                    .as("%s", measure)
                    .isEqualTo(one.measures().of(measure).count());
            for (double percentile : List.of(50.0, 90.0, 99.0)) {
                assertThat(two.measures().of(measure).percentileNs(percentile))
                        .as("p%s of %s", percentile, measure)
                        .isEqualTo(one.measures().of(measure).percentileNs(percentile));
            }
            assertThat(two.measures().of(measure).maxNs())
                    .isEqualTo(one.measures().of(measure).maxNs());
        }
        assertThat(two.measures().good()).isEqualTo(one.measures().good());
        assertThat(two.health().cores()).isEqualTo(4);
    }

    @Test
    void requestsStandOnOurTimeLineWithinTheErrorThatIsTold() throws Exception {
        long[] ahead = {Duration.ofHours(7).toNanos(), -Duration.ofMillis(80).toNanos()};
        Told told = send("two", ahead);

        assertThat(told.clocks()).hasSize(2);
        for (int index = 0; index < ahead.length; index++) {
            SenderClock clock = told.clocks().get(index);
            assertThat(clock.where()).isEqualTo("pod " + ahead[index]);
            assertThat(Math.abs(clock.begun().ns() - ahead[index]))
                    .as("%s", clock)
                    .isLessThanOrEqualTo(clock.begun().errorNs());
            assertThat(Math.abs(clock.driftNs())).as("%s", clock).isLessThanOrEqualTo(clock.driftErrorNs());
        }
        List<Long> offsets = offsets();
        for (RequestRecord request : told.requests()) {
            SenderClock its = told.clocks().get((int) (request.number() % 2));
            // what the order's time and the stamps are moved by is the same, so nothing is left of its error
            assertThat(request.intendedNs() - told.firstNs()).as("%s", its).isEqualTo(offsets.get((int)
                    request.number()));
        }
    }

    @Test
    void eachLeavesALogLikeThatOfALoadJvmHere() throws Exception {
        Told told = send("two", 1_000_000, 2_000_000);

        List<RequestRecord> logged = new ArrayList<>(RequestLog.read(folder.resolve("two-0.jsonl")));
        assertThat(logged).allMatch(request -> request.number() % 2 == 0);
        logged.addAll(RequestLog.read(folder.resolve("two-1.jsonl")));
        assertThat(logged).containsExactlyInAnyOrderElementsOf(told.requests());
    }

    private Told send(String name, long... ahead) throws IOException, InterruptedException {
        List<Path> logs = IntStream.range(0, ahead.length)
                .mapToObj(index -> folder.resolve(name + "-" + index + ".jsonl"))
                .toList();
        List<PlayedWorker> workers = IntStream.range(0, ahead.length)
                .mapToObj(index -> new PlayedWorker(ahead[index]))
                .toList();
        Measures measures = new Measures(new Slo(Duration.ofMillis(50), Duration.ofMillis(40)));
        try (Senders senders = Senders.attach(workers, logs, WITHIN, _ -> {})) {
            long firstNs = senders.send(order());
            EngineHealth health = senders.finish("load", Duration.ofSeconds(1));
            List<RequestRecord> requests = new ArrayList<>(senders.ended());
            requests.forEach(measures::add);
            requests.sort(Comparator.comparingLong(RequestRecord::number));
            return new Told(firstNs, requests, measures, health, senders.clocks());
        }
    }

    private static List<Long> numbers(List<RequestRecord> requests) {
        return requests.stream().map(RequestRecord::number).toList();
    }

    private static List<Long> offsets() throws IOException {
        PrimitiveIterator.OfLong offsets =
                LoadProfiles.named("chat").schedule(new Demand.Steady(50), 1).offsetsNs();
        return LongStream.generate(offsets::nextLong).limit(REQUESTS).boxed().toList();
    }

    private static StreamOrder order() {
        return new StreamOrder(
                "load",
                URI.create("http://gateway.example/v1"),
                "m",
                Optional.of("sk-secret"),
                Optional.empty(),
                Optional.empty(),
                new Demand.Steady(50),
                1,
                "chat",
                Timeouts.PATIENT,
                32,
                OptionalInt.of(REQUESTS),
                Share.WHOLE);
    }
}
