package airworthy.load;

import airworthy.model.RequestOutcome;
import airworthy.model.RequestRecord;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Values that more than one test needs. */
final class Samples {

    private Samples() {}

    static StreamOrder order(String stream) {
        return order(stream, new Demand.Steady(12.5));
    }

    static StreamOrder order(String stream, Demand demand) {
        return order(stream, demand, OptionalInt.empty());
    }

    static StreamOrder order(String stream, Demand demand, OptionalInt most) {
        return new StreamOrder(
                stream,
                URI.create("http://127.0.0.1:8000/v1"),
                "m",
                Optional.of("sk-secret"),
                Optional.of("7f3a"),
                Optional.empty(),
                demand,
                42,
                "chat",
                new Timeouts(Duration.ofSeconds(5), Duration.ofMillis(1500), Duration.ofMinutes(1)),
                32,
                most,
                new Share(1, 3));
    }

    static RequestRecord answered() {
        return new RequestRecord(
                "SRV-4/target",
                17,
                RequestOutcome.STALL_TIMEOUT,
                OptionalInt.of(200),
                Optional.of("pod-1"),
                -5_000_000_001L,
                OptionalLong.of(-4_999_000_000L),
                OptionalLong.of(-4_998_000_000L),
                OptionalLong.of(-4_997_000_000L),
                List.of(-4_000_000_000L, -3_999_000_000L),
                1L,
                OptionalInt.of(2),
                Optional.of(false),
                "a \"word\"\nand another ä");
    }

    static RequestRecord skipped() {
        return new RequestRecord(
                "s",
                0,
                RequestOutcome.SKIPPED_BY_CAP,
                OptionalInt.empty(),
                Optional.empty(),
                3,
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                List.of(),
                4,
                OptionalInt.empty(),
                Optional.empty(),
                "");
    }
}
