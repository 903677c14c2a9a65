package airworthy.assembly;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The simulated platform as a process of its own, met through its profile like any other. */
public final class SimulatedPlatform implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    /**
     * Behind the load JVM, whose lag would make its figures worthless: on a machine that has too little for both, the
     * platform under test is what gets slower.
     */
    private static final List<String> BEHIND_THE_LOAD = List.of("nice", "-n", "5");

    private final Process process;
    private final Path state;

    private SimulatedPlatform(Process process, Path state) {
        this.process = process;
        this.state = state;
    }

    /**
     * How to start one.
     *
     * @param timeScale its scrape and rule intervals are divided by it
     * @param seed of whatever it draws by chance
     * @param config its configuration, or empty for the one that ships
     */
    public record Options(int timeScale, long seed, Optional<Path> config) {}

    /**
     * Starts a platform and waits until it is ready.
     *
     * @throws CannotAssessException if it does not get ready; the message holds its own last words
     */
    public static SimulatedPlatform start(Installation installation, Options options)
            throws CannotAssessException, IOException, InterruptedException {
        Path state = Files.createTempDirectory("airworthy-platform-");
        List<String> arguments = new ArrayList<>(List.of(
                "up",
                "--until-stdin-closes",
                "--state",
                state.toString(),
                "--time-scale",
                Integer.toString(options.timeScale()),
                "--seed",
                Long.toString(options.seed())));
        options.config().ifPresent(config -> arguments.addAll(List.of("--config", config.toString())));
        Path log = state.resolve("platform.log");
        Process process = ChildProcesses.deafToInterrupt(BEHIND_THE_LOAD, installation.platformCommand(arguments))
                .redirectError(log.toFile())
                .start();
        SimulatedPlatform platform = new SimulatedPlatform(process, state);
        try {
            if (!platform.awaitReady()) {
                String words = Files.readString(log);
                platform.close();
                throw new CannotAssessException("the simulated platform did not get ready within "
                        + START_LIMIT.toSeconds() + " s; its last words:\n"
                        + words.substring(Math.max(0, words.length() - 2000)));
            }
            return platform;
        } catch (InterruptedException | IOException e) {
            platform.close();
            throw e;
        }
    }

    /** The profile that it wrote. */
    public Path profile() {
        return state.resolve("platform.yaml");
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Folders.delete(state);
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitReady() throws InterruptedException, IOException {
        BufferedReader out = process.inputReader();
        try (ExecutorService reading = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                return reading.submit(() -> readyLine(out)).get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                process.destroyForcibly();
                return false;
            } catch (ExecutionException e) {
                throw new IOException("the simulated platform's output could not be read", e);
            }
        }
    }

    private static boolean readyLine(BufferedReader out) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("READY")) {
                return true;
            }
        }
        return false;
    }
}
