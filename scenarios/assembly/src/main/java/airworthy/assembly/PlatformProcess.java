package airworthy.assembly;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A platform of ours as a process of its own, met through its profile like any other. */
public final class PlatformProcess implements AutoCloseable {
    private static final Duration SIMULATED_READY_WITHIN = Duration.ofSeconds(30);

    /** An image of the node may have to be pulled first, and the images of its pods made. */
    private static final Duration K3S_READY_WITHIN = Duration.ofMinutes(15);

    private static final Duration SIMULATED_ENDS_WITHIN = Duration.ofSeconds(5);
    private static final Duration K3S_ENDS_WITHIN = Duration.ofSeconds(60);

    /**
     * Behind the load JVM, whose lag would make its figures worthless: on a machine that has too little for both, the
     * platform under test is what gets slower.
     */
    private static final List<String> BEHIND_THE_LOAD = List.of("nice", "-n", "5");

    private final Process process;
    private final Path state;
    private final Duration endsWithin;

    private PlatformProcess(Process process, Path state, Duration endsWithin) {
        this.process = process;
        this.state = state;
        this.endsWithin = endsWithin;
    }

    /**
     * Starts the simulated platform and waits until it is ready.
     *
     * @throws CannotAssessException if it does not get ready; the message holds its own last words
     */
    public static PlatformProcess start(Installation installation, PlatformChoice.Simulated choice)
            throws CannotAssessException, IOException, InterruptedException {
        Path state = Files.createTempDirectory("airworthy-platform-");
        List<String> arguments = new ArrayList<>(List.of("up", "--seed", Long.toString(choice.seed())));
        arguments.addAll(arguments(state, choice.timeScale(), choice.config()));
        Path log = state.resolve("platform.log");
        Process process = ChildProcesses.deafToInterrupt(BEHIND_THE_LOAD, installation.platformCommand(arguments))
                .redirectError(log.toFile())
                .start();
        PlatformProcess platform = new PlatformProcess(process, state, SIMULATED_ENDS_WITHIN);
        return platform.ready("the simulated platform", SIMULATED_READY_WITHIN, () -> lastWords(log));
    }

    /**
     * Starts a real node and the platform on it, and waits until it is ready.
     *
     * @param told what is done now, a line each: it takes tens of seconds, or minutes the first time
     * @throws CannotAssessException if it does not get ready; the message holds its own last words
     */
    public static PlatformProcess start(Installation installation, PlatformChoice.K3s choice, Consumer<String> told)
            throws CannotAssessException, IOException, InterruptedException {
        Path state = Files.createTempDirectory("airworthy-platform-");
        ProcessBuilder builder = ChildProcesses.deafToInterrupt(
                installation.k3sCommand(arguments(state, choice.timeScale(), choice.config())));
        Installation.K3S_ENVIRONMENT.forEach(builder.environment()::putIfAbsent);
        Process process = builder.start();
        Deque<String> words = new ConcurrentLinkedDeque<>();
        Thread.ofVirtual()
                .name("platform-words")
                .start(() -> process.errorReader().lines().forEach(line -> {
                    words.add(line);
                    told.accept(line);
                }));
        PlatformProcess platform = new PlatformProcess(process, state, K3S_ENDS_WITHIN);
        return platform.ready("the platform on a cluster of its own", K3S_READY_WITHIN, () -> String.join("\n", words));
    }

    private static List<String> arguments(Path state, int timeScale, Optional<Path> config) {
        List<String> arguments = new ArrayList<>(List.of(
                "--until-stdin-closes", "--state", state.toString(), "--time-scale", Integer.toString(timeScale)));
        config.ifPresent(folder -> arguments.addAll(List.of("--config", folder.toString())));
        return arguments;
    }

    /** The last words of a child whose log could not be read are none. */
    @FunctionalInterface
    private interface Words {
        String said() throws IOException;
    }

    private PlatformProcess ready(String what, Duration within, Words words)
            throws CannotAssessException, IOException, InterruptedException {
        try {
            Optional<String> problem = awaitReady(within);
            if (problem.isEmpty()) {
                return this;
            }
            String said = words.said();
            close();
            throw new CannotAssessException(what + " " + problem.get() + "; its last words:\n" + said);
        } catch (InterruptedException | IOException e) {
            close();
            throw e;
        }
    }

    private static String lastWords(Path log) throws IOException {
        String words = Files.readString(log);
        return words.substring(Math.max(0, words.length() - 2000));
    }

    /** The profile that it wrote. */
    public Path profile() {
        return state.resolve("platform.yaml");
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(endsWithin.toSeconds(), TimeUnit.SECONDS)) {
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

    /** What went wrong, in words; empty if nothing did. */
    private Optional<String> awaitReady(Duration within) throws InterruptedException, IOException {
        BufferedReader out = process.inputReader();
        try (ExecutorService reading = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                return reading.submit(() -> readyLine(out)).get(within.toSeconds(), TimeUnit.SECONDS)
                        ? Optional.empty()
                        : Optional.of("ended before it was ready");
            } catch (TimeoutException e) {
                process.destroyForcibly();
                return Optional.of("did not get ready within " + within.toSeconds() + " s");
            } catch (ExecutionException e) {
                throw new IOException("the platform's output could not be read", e);
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
