package airworthy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code airworthy assess} as it ships, only faster: the whole suite on the ready platform, which it starts itself.
 *
 * @param home deleted when closed
 * @param ended how the process ended
 * @param run what it left
 */
record ReadyRun(Path home, Harness.Ended ended, Run run) implements AutoCloseable {

    static ReadyRun make() {
        try {
            Path home = Files.createTempDirectory("airworthy-ready-");
            Path runs = home.resolve("runs");
            Harness.Ended ended = Harness.run(
                    Harness.Priority.TIMED,
                    home,
                    "assess",
                    "--time-scale",
                    Platform.TIME_SCALE,
                    "--runs",
                    runs.toString());
            return new ReadyRun(home, ended, Run.in(runs));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the ready run was made", e);
        }
    }

    /** The outcomes of one scenario's findings; all met, or nothing can be told by comparing with them. */
    SortedMap<String, String> outcomesOf(String scenario) throws IOException {
        run.assumeLoadWasOnTime(scenario);
        SortedMap<String, String> outcomes = run.outcomesOf(scenario);
        SortedMap<String, String> allMet = new TreeMap<>(outcomes);
        allMet.replaceAll((finding, outcome) -> "met");
        SortedMap<String, String> others = run.messagesOfOthersThan(allMet);
        others.keySet().retainAll(outcomes.keySet());
        assertThat(others).as("what the ready platform does not meet").isEmpty();
        return outcomes;
    }

    @Override
    public void close() throws IOException {
        Shared.delete(home);
    }
}
