package airworthy.load.measures;

import static airworthy.load.measures.Requests.answered;
import static airworthy.load.measures.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import airworthy.load.ClockOffset;
import airworthy.load.Demand;
import airworthy.load.EngineHealth;
import airworthy.load.SenderClock;
import airworthy.model.RequestOutcome;
import airworthy.model.RequestRecord;
import airworthy.model.Slo;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuresTest {
    private static final Slo SLO = new Slo(Duration.ofMillis(42), Duration.ofMillis(16));

    @Test
    void goodIsWholeAndWithinBothBounds() {
        Measures measures = new Measures(SLO);
        measures.add(answered());
        measures.add(request(RequestOutcome.OK, 1000, 1002, 1091, 4, 1043, 1050, 1090)); // first token a ms late
        measures.add(request(RequestOutcome.OK, 1000, 1002, 1100, 4, 1042, 1050, 1096)); // 18 ms a token
        measures.add(request(RequestOutcome.CUT, 1000, 1002, 1091, 4, 1042, 1050, 1090));
        measures.add(request(RequestOutcome.SKIPPED_BY_CAP, 1000, 0, 1000, -1));

        assertThat(measures.good()).isEqualTo(1);
        assertThat(measures.scheduled()).isEqualTo(5);
        assertThat(measures.ended(RequestOutcome.OK)).isEqualTo(3);
        assertThat(measures.completionTokens()).isEqualTo(16);
    }

    /** Half a minute of outage of a minute: every second request is dropped, and a share of those answered would hide it. */
    @Test
    void goodputOfScheduledKnowsOfAnOutage() {
        Measures measures = new Measures(SLO);
        for (int i = 0; i < 600; i++) {
            measures.add(answered());
            measures.add(request(RequestOutcome.CONNECT_FAIL, 1000, 1002, 1003, -1));
        }
        LoadSummary summary = summary(measures);

        assertThat(summary.goodputOfScheduled()).isEqualTo(0.5);
        assertThat(summary.goodputOfAnswered()).isEqualTo(1);
    }

    @Test
    void aPercentileNeedsTenTimesBeyondIt() {
        Distribution distribution = new Distribution();
        LongStream.rangeClosed(1, 999).forEach(ms -> distribution.add(ms * 1_000_000));
        assertThat(distribution.percentileNs(99)).isEmpty();
        distribution.add(1_000_000_000);
        assertThat(distribution.percentileNs(99).orElseThrow() / 1e6).isCloseTo(990, within(1.0));
        assertThat(distribution.percentileNs(50).orElseThrow() / 1e6).isCloseTo(500, within(0.5));
        assertThat(distribution.percentileNs(99.9)).isEmpty();
        assertThat(distribution.maxNs().orElseThrow() / 1e6).isCloseTo(1000, within(1.0));
    }

    @Test
    void whatDoesNotFitCountsAsTheLongestAndTheShortest() {
        Distribution distribution = new Distribution();
        distribution.add(Duration.ofHours(3).toNanos());
        distribution.add(-5);
        assertThat(distribution.count()).isEqualTo(2);
        assertThat(distribution.maxNs().orElseThrow() / 3.6e12).isCloseTo(1, within(0.001));
    }

    @Test
    void distributionsOfWorkersMergeExactly() {
        Distribution all = new Distribution();
        Distribution odd = new Distribution();
        Distribution even = new Distribution();
        for (long us = 1; us <= 20_000; us++) {
            all.add(us * 1000);
            (us % 2 == 0 ? even : odd).add(us * 1000);
        }
        odd.add(even);
        assertThat(odd.histogram()).isEqualTo(all.histogram());
    }

    @Test
    void theLogOfSecondsHoldsEveryValueOnceAndHdrHistogramReadsIt(@TempDir Path temp) throws IOException {
        Path file = temp.resolve("latencies.hlog");
        TimeLine timeLine = new TimeLine();
        Measures whole = new Measures(SLO);
        try (IntervalLog log = IntervalLog.open(file, Instant.EPOCH)) {
            Seconds seconds = new Seconds(0, SLO, List.of(log, timeLine));
            for (int i = 0; i < 300; i++) {
                long at = i * 10L;
                RequestRecord request = request(RequestOutcome.OK, at, at + 1, at + 90, 3, at + 40, at + 45, at + 80);
                whole.add(request);
                seconds.add(request);
            }
            seconds.close();
        }

        Histogram gaps = new Histogram(1_000, Duration.ofHours(1).toNanos(), 3);
        try (HistogramLogReader reader = new HistogramLogReader(new FileInputStream(file.toFile()))) {
            for (EncodableHistogram each = reader.nextIntervalHistogram();
                    each != null;
                    each = reader.nextIntervalHistogram()) {
                if (Measure.GAP.id().equals(each.getTag())) {
                    gaps.add((Histogram) each);
                }
            }
        }
        assertThat(gaps.getTotalCount()).isEqualTo(600);
        assertThat(gaps).isEqualTo(whole.of(Measure.GAP).histogram());
        assertThat(timeLine.points()).extracting(TimeLine.Point::second).containsExactly(0L, 1L, 2L, 3L);
        assertThat(timeLine.points().stream()
                        .mapToLong(point -> point.outcomes().get(RequestOutcome.OK))
                        .sum())
                .isEqualTo(300);
    }

    @Test
    void aClientThatWasLateSkippedOrStoodStillIsNotTrusted() {
        assertThat(trust(0, 1, 0, 5_000).reasons()).isEmpty();
        assertThat(trust(1, 1, 0, 5_000).reasons())
                .singleElement()
                .asString()
                .contains("1 of 1,001 requests were skipped");
        assertThat(trust(0, 5, 0, 5_000).reasons())
                .singleElement()
                .asString()
                .contains("its event loops were late by 5.00 ms at p99, at most 4.00 ms");
        assertThat(trust(0, 1, 99, 5_000).reasons()).isEmpty();
        assertThat(trust(0, 1, 101, 5_000).reasons())
                .singleElement()
                .asString()
                .contains("garbage collection stopped it for 101.00 ms of 10000.00 ms");
        assertThat(trust(0, 1, 0, 17_999).reasons()).isEmpty();
        assertThat(trust(0, 1, 0, 18_200).reasons())
                .singleElement()
                .asString()
                .contains("kept its 2 cores busy for 91% of the time, at most 90%");
    }

    private static Trust trust(int skipped, long loopMs, long gcMs, long cpuMs) {
        Measures measures = new Measures(SLO);
        List<RequestRecord> requests = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            requests.add(answered());
        }
        for (int i = 0; i < skipped; i++) {
            requests.add(request(RequestOutcome.SKIPPED_BY_CAP, 0, 0, 0, -1));
        }
        requests.forEach(measures::add);
        return Trust.of(measures, health(loopMs, gcMs, cpuMs));
    }

    private static EngineHealth health(long loopMs, long gcMs, long cpuMs) {
        long ms = 1_000_000;
        return new EngineHealth(
                10_000 * ms, cpuMs * ms, 2, OptionalLong.of(loopMs * ms), 9 * ms, 1, gcMs * ms, gcMs * ms);
    }

    static LoadSummary summary(Measures measures) {
        EngineHealth health = health(1, 2, 5_000);
        return new LoadSummary(
                new LoadSettings(
                        "test",
                        Instant.EPOCH,
                        new LoadSettings.Profile(
                                URI.create("http://127.0.0.1:1/v1"),
                                "m",
                                "chat",
                                new Demand.Steady(20),
                                Duration.ofSeconds(60),
                                1)),
                Duration.ofSeconds(60),
                measures,
                health,
                List.of(new SenderClock("this machine", new ClockOffset(10, 5), new ClockOffset(3_000_010, 1_000_000))),
                Trust.of(measures, health),
                List.of());
    }
}
