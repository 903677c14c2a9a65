package airworthy.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import airworthy.model.RequestOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WireTest {

    private final Wire wire = new Wire();

    static Stream<Command> commands() {
        return Stream.concat(
                Stream.of(
                                new Demand.Steady(2.5),
                                new Demand.Ramp(0, 50, Duration.ofMillis(1500)),
                                new Demand.Steps(List.of(1.0, 2.5), Duration.ofSeconds(3)),
                                new Demand.Concurrency(7),
                                new Demand.Replay("/tmp/a b.csv", 0.5))
                        .map(demand -> new Command.Start(Samples.order("s", demand), -7)),
                Stream.of(
                        new Command.Begin(),
                        new Command.Count("s"),
                        new Command.Clock(),
                        new Command.Stop("s", Duration.ofMillis(1500)),
                        new Command.Finish()));
    }

    static Stream<Notice> notices() {
        return Stream.of(
                new Notice.Ready(Wire.PROTOCOL, 500),
                new Notice.Started("s"),
                new Notice.Refused("s", "why"),
                new Notice.Counted("s", 11),
                new Notice.Clock(-5),
                new Notice.Recorded("{\"stream\":\"a \\\"word\\\"\"}"),
                new Notice.Stopped("s", 12),
                new Notice.Progress(new LoadProgress(3, 1, Map.of(RequestOutcome.OK, 2L))),
                new Notice.Finished(
                        new LoadLog(Path.of("/tmp/a b/requests.jsonl"), "00ff", 9),
                        new EngineHealth(9, 8, 2, OptionalLong.of(7), 6, 5, 4, 3)));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void carriesEveryCommandOnOneLine(Command command) throws IOException {
        assertThat(wire.line(command)).doesNotContain("\n");
        assertThat(wire.command(wire.line(command))).isEqualTo(command);
    }

    @ParameterizedTest
    @MethodSource("notices")
    void carriesEveryNoticeOnOneLine(Notice notice) throws IOException {
        assertThat(wire.line(notice)).doesNotContain("\n");
        assertThat(wire.notice(wire.line(notice))).isEqualTo(notice);
    }

    @Test
    void refusesWhatIsNoMessage() {
        assertThatThrownBy(() -> wire.notice("Simulation started...")).hasMessageContaining("no notice");
        assertThatThrownBy(() -> wire.command("{\"type\":\"dance\"}")).hasMessageContaining("no command");
    }

    @Test
    void keepsTheKeyOutOfWhatIsPrinted() {
        assertThat(Samples.order("s").toString()).doesNotContain("sk-secret");
        assertThat(new Command.Start(Samples.order("s"), 0).toString()).doesNotContain("sk-secret");
    }
}
