package airworthy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One process of the installed program, its output kept in files of a folder. Closing it kills what still runs. */
final class Harness implements AutoCloseable {
    private static final Path HOME = Path.of(System.getProperty("airworthy.home", "../../target/app"))
            .toAbsolutePath()
            .normalize();

    private static final Path QUIET = Path.of(System.getProperty("airworthy.root", "../.."))
            .resolve(".ci/quiet.py")
            .toAbsolutePath()
            .normalize();

    /** Far above what any command takes, a real node's start included; a process that is still there then hangs. */
    private static final Duration LIMIT = Duration.ofMinutes(15);

    /** How a process shares the machine. */
    enum Priority {
        /** Its load is timed to the millisecond: it goes first, and the lock {@link Shared#TIMED} keeps it alone. */
        TIMED,
        /** It is to leave the machine to what is timed. */
        BACKGROUND
    }

    private final Process process;
    private final Path out;
    private final Path err;

    private Harness(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * How a process ended.
     *
     * @param code its exit code
     * @param out what it printed
     * @param err what it complained of
     */
    record Ended(int code, String out, String err) {
        /** Asserts the exit code; on failure all that was said is shown. */
        Ended with(int expected) {
            assertThat(code)
                    .as("exit code of a process that said\n%s\n%s", out, err)
                    .isEqualTo(expected);
            return this;
        }
    }

    /** The installed program's folders. */
    static Path app() {
        return HOME;
    }

    /** The configuration of the simulated platform as it ships. */
    static Path platformConfig() {
        return HOME.resolve("platform/config");
    }

    /** The command line of the installed program, as its launcher would start it. */
    static List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dairworthy.home=" + HOME,
                "-cp",
                HOME.resolve("harness/lib") + "/*",
                "airworthy.cli.Main"));
        command.addAll(arguments);
        return List.copyOf(command);
    }

    /** Starts the installed program in a folder where its output is kept. */
    static Harness start(Priority priority, Path folder, String... arguments) throws IOException {
        return start(priority, folder, Map.of(), arguments);
    }

    /** The same, with variables of its environment beside ours. */
    static Harness start(Priority priority, Path folder, Map<String, String> environment, String... arguments)
            throws IOException {
        return start(
                priority,
                folder,
                command(List.of(arguments)),
                environment,
                ProcessBuilder.Redirect.from(new File("/dev/null")));
    }

    /** Starts a command whose standard input is ours to write to and to close. */
    static Harness startWithInput(Priority priority, Path folder, List<String> command) throws IOException {
        return start(priority, folder, command, Map.of(), ProcessBuilder.Redirect.PIPE);
    }

    /** Runs the installed program to its end; what is timed, once the machine has its cores to itself. */
    static Ended run(Priority priority, Path folder, String... arguments) throws IOException, InterruptedException {
        if (priority == Priority.TIMED) {
            awaitQuiet();
        }
        try (Harness harness = start(priority, folder, arguments)) {
            return harness.awaitEnd();
        }
    }

    private static void awaitQuiet() throws IOException, InterruptedException {
        Process quiet = new ProcessBuilder("python3", QUIET.toString())
                .redirectErrorStream(true)
                .start();
        System.out.print(new String(quiet.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        quiet.waitFor();
    }

    private static Harness start(
            Priority priority,
            Path folder,
            List<String> command,
            Map<String, String> environment,
            ProcessBuilder.Redirect input)
            throws IOException {
        Path words = Files.createTempDirectory(Files.createDirectories(folder), "process-");
        Path out = words.resolve("out.txt");
        Path err = words.resolve("err.txt");
        List<String> polite = new ArrayList<>(
                switch (priority) {
                    case TIMED -> List.of();
                    case BACKGROUND -> List.of("nice", "-n", "5");
                });
        polite.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(polite)
                .directory(folder.toFile())
                .redirectInput(input)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        return new Harness(builder.start(), out, err);
    }

    Process process() {
        return process;
    }

    /** What it printed so far. */
    String out() throws IOException {
        return Files.readString(out);
    }

    /** Waits for its end. */
    Ended awaitEnd() throws IOException, InterruptedException {
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .as("ended within %s; it said\n%s", LIMIT, out())
                .isTrue();
        return new Ended(process.exitValue(), out(), Files.readString(err));
    }

    /** Ends it with SIGKILL, so that it can do nothing about it, and waits until it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
