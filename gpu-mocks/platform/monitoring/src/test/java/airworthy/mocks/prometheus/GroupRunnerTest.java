package airworthy.mocks.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.mocks.monitoring.SteppedPacer;
import airworthy.mocks.promql.Evaluator;
import airworthy.mocks.promql.Parser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GroupRunnerTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00.123Z");

    @Test
    void aForOfOneIntervalIsOverAtTheNextEvaluationHoweverLateTheFirstWas() {
        SteppedPacer pacer = new SteppedPacer(START);
        List<AlertSender.Outgoing> sent = new ArrayList<>();
        GroupRunner group = group(pacer, sent);

        group.run();
        pacer.advance(Duration.ofMillis(997));
        group.run();

        assertThat(sent)
                .singleElement()
                .satisfies(outgoing -> assertThat(outgoing.alert().activeAt()).isEqualTo(START));
        assertThat(sent.getFirst().validUntil())
                .as("four intervals after a moment of evaluation")
                .isEqualTo(START.plus(SECOND.multipliedBy(5)));
    }

    private static GroupRunner group(SteppedPacer pacer, List<AlertSender.Outgoing> sent) {
        MemoryStore store = new MemoryStore(Duration.ofMinutes(5));
        Rule.Alerting rule = new Rule.Alerting(
                "Always",
                "vector(1)",
                Parser.parse("vector(1)"),
                SECOND,
                Duration.ZERO,
                new TreeMap<>(),
                new TreeMap<>());
        RuleRunner runner =
                new RuleRunner(rule, new Evaluator(store, Duration.ofMinutes(5)), store, pacer, Duration.ofMinutes(15));
        return new GroupRunner(
                new Rule.Group("all", "rules.yml", SECOND, List.of(rule)),
                List.of(runner),
                sent::addAll,
                pacer,
                SECOND);
    }
}
