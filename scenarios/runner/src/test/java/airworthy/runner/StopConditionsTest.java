package airworthy.runner;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.load.RequestLogWriter;
import airworthy.load.RequestTail;
import airworthy.model.RequestOutcome;
import airworthy.model.RequestRecord;
import airworthy.model.Slo;
import airworthy.probes.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopConditionsTest {
    private static final Slo SLO = new Slo(Duration.ofMillis(250), Duration.ofMillis(40));
    private static final long ONSET = 1_000;

    @TempDir
    private Path folder;

    private long nowNs = ONSET;
    private Guards.Pages pages = sinceNs -> Optional.empty();
    private Guards.Heartbeat heartbeat = () -> new Reading.Present<>("v1.36");
    private Optional<Guards.Heartbeat> monitoring = Optional.empty();

    @Test
    void aBystanderMostOfWhoseLatestRequestsBrokeItsSloBurns() throws Exception {
        assertThat(after(Stream.concat(
                        requests("SRV-4/sum", RequestOutcome.HTTP_5XX, 11),
                        requests("SRV-4/sum", RequestOutcome.OK, 9))))
                .hasValueSatisfying(why -> assertThat(why).contains("SRV-4/sum", "11 of its latest 20"));
    }

    @Test
    void aBurnThatIsOverByTheThirdLookWasAMomentOfTheMachine() throws Exception {
        StopConditions conditions = conditions();
        try (RequestLogWriter log = new RequestLogWriter(folder.resolve("requests.jsonl"))) {
            for (RequestOutcome outcome : List.of(RequestOutcome.CUT, RequestOutcome.CUT, RequestOutcome.OK)) {
                for (RequestRecord request : requests("SRV-4/sum", outcome, 20).toList()) {
                    log.add(request);
                }
                log.flush();
                assertThat(look(conditions)).isEmpty();
            }
        }
    }

    @Test
    void threeLooksWithinAMomentAreOneMoment() throws Exception {
        StopConditions conditions = conditions();
        try (RequestLogWriter log = new RequestLogWriter(folder.resolve("requests.jsonl"))) {
            for (RequestRecord request :
                    requests("SRV-4/sum", RequestOutcome.CUT, 20).toList()) {
                log.add(request);
            }
            log.flush();
            long now = ONSET;
            for (;
                    now < ONSET + Duration.ofMillis(1_500).toNanos();
                    now += Duration.ofMillis(250).toNanos()) {
                assertThat(conditions.met(now)).isEmpty();
            }
            assertThat(conditions.met(now)).isPresent();
        }
    }

    @Test
    void halfIsAFindingAndNoReasonToStop() throws Exception {
        assertThat(after(Stream.concat(
                        requests("SRV-4/sum", RequestOutcome.HTTP_5XX, 10),
                        requests("SRV-4/sum", RequestOutcome.OK, 10))))
                .isEmpty();
    }

    @Test
    void fewRequestsSayNothing() throws Exception {
        assertThat(after(requests("SRV-4/sum", RequestOutcome.HTTP_5XX, 19))).isEmpty();
    }

    @Test
    void whatIsHitMayBurn() throws Exception {
        assertThat(after(requests("SRV-4/chat", RequestOutcome.HTTP_5XX, 40))).isEmpty();
    }

    @Test
    void whatOurOwnGeneratorSkippedIsNoHarm() throws Exception {
        assertThat(after(requests("SRV-4/sum", RequestOutcome.SKIPPED_BY_CAP, 40)))
                .isEmpty();
    }

    @Test
    void aPageAboutSomethingElseEndsIt() throws Exception {
        pages = sinceNs -> sinceNs == ONSET ? Optional.of("DiskFull went to infra-page") : Optional.empty();
        assertThat(after(Stream.empty()))
                .hasValueSatisfying(why -> assertThat(why).contains("a page about something else", "DiskFull"));
    }

    @Test
    void aClusterThatStaysSilentEndsItAndOneLostCallDoesNot() throws Exception {
        heartbeat = () -> new Reading.Unreadable<>("connection refused");
        StopConditions conditions = conditions();

        assertThat(look(conditions)).isEmpty();
        assertThat(look(conditions)).isEmpty();
        assertThat(look(conditions))
                .hasValueSatisfying(why -> assertThat(why).contains("3 times in a row", "connection refused"));
    }

    @Test
    void aPrometheusThatGoesSilentEndsItAndOneThatNeverAnsweredDoesNot() throws Exception {
        Deque<Reading<String>> answers = new ArrayDeque<>(List.of(
                new Reading.Unreadable<>("starting"),
                new Reading.Unreadable<>("starting"),
                new Reading.Unreadable<>("starting"),
                new Reading.Present<>("3.5.0"),
                new Reading.Unreadable<>("connection refused"),
                new Reading.Unreadable<>("connection refused"),
                new Reading.Unreadable<>("connection refused")));
        int looks = answers.size();
        monitoring = Optional.of(answers::removeFirst);
        StopConditions conditions = conditions();

        for (int look = 1; look < looks; look++) {
            assertThat(look(conditions)).as("look %d", look).isEmpty();
        }
        assertThat(look(conditions))
                .hasValueSatisfying(why -> assertThat(why).contains("Prometheus", "connection refused"));
    }

    @Test
    void aRecordOfLoadThatCannotBeReadEndsIt() throws Exception {
        Files.writeString(folder.resolve("requests.jsonl"), "");
        StopConditions conditions = conditions();
        Files.writeString(folder.resolve("requests.jsonl"), "no record\n");
        assertThat(look(conditions))
                .hasValueSatisfying(why -> assertThat(why).contains("nobody can say how bystanders fare"));
    }

    private Optional<String> after(Stream<RequestRecord> requests) throws IOException, InterruptedException {
        StopConditions conditions = conditions();
        try (RequestLogWriter log = new RequestLogWriter(folder.resolve("requests.jsonl"))) {
            for (RequestRecord request : requests.toList()) {
                log.add(request);
            }
            log.finish();
        }
        return third(conditions);
    }

    /** What the third look in a row says; those before it say nothing but what cannot wait. */
    private Optional<String> third(StopConditions conditions) throws InterruptedException {
        Optional<String> first = look(conditions);
        look(conditions);
        Optional<String> third = look(conditions);
        assertThat(first).isIn(Optional.empty(), third);
        return third;
    }

    /** Five seconds after the look before, as in production. */
    private Optional<String> look(StopConditions conditions) throws InterruptedException {
        nowNs += Duration.ofSeconds(5).toNanos();
        return conditions.met(nowNs);
    }

    private StopConditions conditions() throws IOException {
        return new StopConditions(
                new Guards(() -> RequestTail.fromNow(folder.resolve("requests.jsonl")), pages, heartbeat, monitoring),
                Map.of("SRV-4/sum", SLO),
                ONSET);
    }

    private static Stream<RequestRecord> requests(String stream, RequestOutcome outcome, int count) {
        return Stream.iterate(0L, number -> number + 1)
                .limit(count)
                .map(number -> new RequestRecord(
                        stream,
                        number,
                        outcome,
                        OptionalInt.empty(),
                        Optional.empty(),
                        ONSET,
                        OptionalLong.of(ONSET),
                        OptionalLong.of(ONSET),
                        OptionalLong.of(ONSET),
                        List.of(ONSET + 1),
                        ONSET + 2,
                        OptionalInt.empty(),
                        Optional.empty(),
                        ""));
    }
}
