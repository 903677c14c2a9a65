package airworthy.load.gatling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import airworthy.load.Demand;
import airworthy.load.LoadProfiles;
import airworthy.load.Schedule;
import airworthy.load.Share;
import airworthy.load.StreamOrder;
import airworthy.load.Timeouts;
import airworthy.model.RequestOutcome;
import airworthy.model.RequestRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sent is what was demanded, by a rate, by users or by a trace. */
class DemandTest {
    private static final Duration PATIENT = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    @Test
    void usersAskAgainOnceTheyWereAnsweredAndNeverMoreAtATime() throws IOException, InterruptedException {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Heard heard = new Heard();
        try (FaultServer server = new FaultServer(Map.of("m", reply -> {
                    most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                    reply.stream().token();
                    underWay.decrementAndGet();
                    reply.finish().done().end();
                }));
                GatlingEngine engine = GatlingEngine.start(folder.resolve("requests.jsonl"), 6)) {
            engine.start(order(server, new Demand.Concurrency(3), Share.WHOLE, "chat"), System.nanoTime(), heard);
            await().until(() -> heard.records().size() >= 30);
            engine.stop("s", PATIENT);
        }

        assertThat(most.get()).isBetween(1, 3);
        assertThat(heard.records()).extracting(RequestRecord::outcome).containsOnly(RequestOutcome.OK);
        assertThat(heard.records()).extracting(RequestRecord::number).doesNotHaveDuplicates();
        List<Long> ends = heard.records().stream().map(RequestRecord::endNs).toList();
        assertThat(heard.records().stream().filter(request -> request.number() >= 3))
                .as("wanted from the end of another on")
                .allSatisfy(request -> assertThat(ends).contains(request.intendedNs()));
    }

    @Test
    void twoSendersShareATraceAndItEnds() throws IOException, InterruptedException {
        Path trace = Files.writeString(folder.resolve("trace.csv"), """
                TIMESTAMP,ContextTokens,GeneratedTokens
                2024-05-10 00:00:00.000,3,4
                2024-05-10 00:00:00.020,3,4
                2024-05-10 00:00:00.040,3,4
                2024-05-10 00:00:00.050,3,4
                2024-05-10 00:00:00.070,3,4
                """);
        Demand replay = new Demand.Replay(trace.toString(), 1);

        assertThat(sent(replay, new Share(0, 2), 3)).containsExactly(0L, 2L, 4L);
        assertThat(sent(replay, new Share(1, 2), 2)).containsExactly(1L, 3L);
    }

    @Test
    void whatWasDueBeforeTheStopIsSentYet() throws IOException, InterruptedException {
        Demand.Rate rate = new Demand.Steady(1000);
        Schedule schedule = LoadProfiles.named("chat").schedule(rate, 1);
        long firstNs = System.nanoTime() - Duration.ofMillis(50).toNanos();
        try (FaultServer server = new FaultServer(Map.of(
                        "m", reply -> reply.stream().token().finish().done().end()));
                GatlingEngine engine = GatlingEngine.start(folder.resolve("requests.jsonl"), 200)) {
            engine.start(order(server, rate, Share.WHOLE, "chat"), firstNs, new Heard());
            Duration before = Duration.ofNanos(System.nanoTime() - firstNs);
            long scheduled = engine.stop("s", PATIENT);
            Duration after = Duration.ofNanos(System.nanoTime() - firstNs);

            assertThat(scheduled).isBetween((long) schedule.within(before), (long) schedule.within(after));
        }
    }

    private List<Long> sent(Demand demand, Share share, int expected) throws IOException, InterruptedException {
        Heard heard = new Heard();
        long scheduled;
        try (FaultServer server = new FaultServer(Map.of(
                        "m", reply -> reply.stream().token().finish().done().end()));
                GatlingEngine engine = GatlingEngine.start(folder.resolve("requests-" + share.index() + ".jsonl"), 6)) {
            engine.start(order(server, demand, share, "chat"), System.nanoTime(), heard);
            await().until(() -> heard.records().size() >= expected);
            scheduled = engine.stop("s", PATIENT);
        }
        assertThat(scheduled).isEqualTo(expected);
        return heard.records().stream().map(RequestRecord::number).sorted().toList();
    }

    @Test
    void anAnswerIsComparedWithTheExpectedOne() throws IOException, InterruptedException {
        Path profile = Files.writeString(folder.resolve("mine.yaml"), """
                name: mine
                arrivals: constant
                promptWords: 3
                answerTokens: 4
                slo: { firstTokenMs: 100, tokenTimeMs: 10, source: "our users" }
                words: [a, b]
                known:
                  - { ask: "the word", answer: WORD }
                  - { ask: "another", answer: "what nobody says" }
                """);
        Heard heard = new Heard();
        try (FaultServer server = new FaultServer(Map.of(
                        "m", reply -> reply.stream().token().finish().done().end()));
                GatlingEngine engine = GatlingEngine.start(folder.resolve("requests.jsonl"), 20)) {
            engine.start(
                    order(server, new Demand.Steady(200), Share.WHOLE, profile.toString()), System.nanoTime(), heard);
            await().until(() -> heard.records().size() >= 25);
            engine.stop("s", PATIENT);
        }

        assertThat(correct(heard, 9)).contains(true);
        assertThat(correct(heard, 19)).contains(false);
        assertThat(correct(heard, 8)).isEmpty();
    }

    private static Optional<Boolean> correct(Heard heard, long number) {
        return heard.records().stream()
                .filter(request -> request.number() == number)
                .map(RequestRecord::correct)
                .findFirst()
                .orElseThrow();
    }

    private static StreamOrder order(FaultServer server, Demand demand, Share share, String profile) {
        return new StreamOrder(
                "s",
                server.url(),
                "m",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                demand,
                1,
                profile,
                new Timeouts(PATIENT, PATIENT, PATIENT),
                8,
                OptionalInt.empty(),
                share);
    }
}
