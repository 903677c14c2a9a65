package airworthy.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import airworthy.model.RequestRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that a sender elsewhere sends, and what becomes of them here. */
class ArrivalsTest {
    @TempDir
    private Path folder;

    private final List<String> sent = new ArrayList<>();
    private final RequestNotices sender = new RequestNotices(notice -> {
        if (notice instanceof Notice.Recorded(String line)) {
            sent.add(line);
        }
    });

    @BeforeEach
    void sendThree() throws IOException {
        sender.add(Samples.answered());
        sender.add(Samples.skipped());
        sender.add(Samples.answered());
    }

    @Test
    void areALogLikeAnyOther() throws IOException {
        Path file = folder.resolve("requests-1.jsonl");
        LoadLog here = arrive(file, ClockOffset.NONE, sent);

        assertThat(here).isEqualTo(new LoadLog(file, RequestLog.sha256(file), 3));
        assertThat(RequestLog.read(file)).containsExactly(Samples.answered(), Samples.skipped(), Samples.answered());
    }

    @Test
    void areToldByOurClockAndKeepTheirLengths() throws IOException {
        Path file = folder.resolve("requests-1.jsonl");
        arrive(file, new ClockOffset(1_000, 5), sent);

        RequestRecord theirs = Samples.answered();
        RequestRecord ours = RequestLog.read(file).getFirst();
        assertThat(ours.intendedNs()).isEqualTo(theirs.intendedNs() - 1_000);
        assertThat(ours.startNs()).hasValue(theirs.startNs().getAsLong() - 1_000);
        assertThat(ours.writeNs()).hasValue(theirs.writeNs().getAsLong() - 1_000);
        assertThat(ours.headersNs()).hasValue(theirs.headersNs().getAsLong() - 1_000);
        assertThat(ours.endNs()).isEqualTo(theirs.endNs() - 1_000);
        assertThat(ours.firstTokenNs()).isEqualTo(theirs.firstTokenNs());
        assertThat(ours.gapsNs()).containsExactly(theirs.gapsNs().boxed().toArray(Long[]::new));
        assertThat(RequestLog.read(file).get(1).startNs()).isEmpty();
    }

    @Test
    void thatAreLostAreCounted() {
        assertThatThrownBy(() -> arrive(folder.resolve("log"), ClockOffset.NONE, sent.subList(0, 2)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("records of pod a: found 2, expected the 3 that were sent");
    }

    @Test
    void thatWereChangedOnTheWayAreNotBelieved() {
        sent.set(1, sent.get(1).replace("\"endNs\":4", "\"endNs\":5"));

        assertThatThrownBy(() -> arrive(folder.resolve("log"), ClockOffset.NONE, sent))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("changed on the way");
    }

    @Test
    void thatAreNoneAreToldWithTheirPlace() {
        sent.set(2, "{}");

        assertThatThrownBy(() -> arrive(folder.resolve("log"), ClockOffset.NONE, sent))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("records of pod a:3: found no request record");
    }

    private LoadLog arrive(Path file, ClockOffset clock, List<String> lines) throws IOException {
        try (Arrivals arrivals = new Arrivals("pod a", file)) {
            arrivals.by(clock);
            for (String line : lines) {
                arrivals.take(line);
            }
            return arrivals.finish(sender.finish());
        }
    }
}
